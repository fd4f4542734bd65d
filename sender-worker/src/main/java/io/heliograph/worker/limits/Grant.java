package io.heliograph.worker.limits;

/**
 * How many messages may be claimed. Whether they share calls is seen only then; until it is said who comes, their slots are
 * kept for them. Each call takes its slot by {@link Slots#await}, or is {@link Slots#release}d.
 */
public final class Grant implements AutoCloseable {
    private final Slots from;
    private final int messages;
    private final int slots;
    private boolean known;

    Grant(Slots from, int messages, int slots) {
        this.from = from;
        this.messages = messages;
        this.slots = slots;
    }

    public int messages() {
        return messages;
    }

    /** So many messages come for their slots, in so many calls; to be said before the first of them does. */
    public void becomes(int coming, int calls) {
        known = true;
        from.expect(slots, coming, calls);
    }

    /** Unless it was said who comes, nobody does. */
    @Override
    public void close() {
        if (!known) {
            becomes(0, 0);
        }
    }
}
