package io.heliograph.simulator.ledger;

/** How calls and the messages in them arrived, at one provider or for one sender of it. Safe for any thread. */
final class Arrivals {
    /** At one moment; the times are 0 when nothing arrived. */
    record Seen(
            long calls,
            long received,
            long accepted,
            int peakCallsPerSecond,
            int peakPerSecond,
            int peakPer980Millis,
            long firstAt,
            long lastAt) {
        static final Seen NOTHING = new Seen(0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static final int SECOND_MILLIS = 1_000;
    /** Twenty milliseconds less: by so much one of two calls may have travelled, or waited for our event loop, longer. */
    private static final int SECOND_WITHOUT_JITTER_MILLIS = 980;

    private final PeakWindow callsPeak = new PeakWindow(SECOND_MILLIS);
    private final PeakWindow messagesPeak = new PeakWindow(SECOND_MILLIS);
    private final PeakWindow messagesPeakWithoutJitter = new PeakWindow(SECOND_WITHOUT_JITTER_MILLIS);
    private long calls;
    private long received;
    private long accepted;
    private long firstAt;
    private long lastAt;

    synchronized void add(long now, int messages, int acceptedOfThem) {
        calls++;
        received += messages;
        accepted += acceptedOfThem;
        callsPeak.add(now, 1);
        messagesPeak.add(now, messages);
        messagesPeakWithoutJitter.add(now, messages);
        firstAt = firstAt == 0 ? now : Math.min(firstAt, now);
        lastAt = Math.max(lastAt, now);
    }

    synchronized Seen seen() {
        return new Seen(
                calls,
                received,
                accepted,
                callsPeak.peak(),
                messagesPeak.peak(),
                messagesPeakWithoutJitter.peak(),
                firstAt,
                lastAt);
    }
}
