package io.heliograph.contract;

/**
 * How much is put between the outbox and a provider that takes so many messages a second. What is on the broker or in a
 * worker's hands cannot be overtaken any more by something more urgent, so it is little, measured in time.
 */
public record Pacing(double perSecond) {
    public static final Pacing UNLIMITED = new Pacing(Double.POSITIVE_INFINITY);

    private static final double ENVELOPE_SECONDS = 0.1;
    private static final double QUEUE_SECONDS = 0.5;
    private static final double HAND_SECONDS = 0.3;
    /** One that is worked on, and one behind it. */
    private static final int ENVELOPES_MIN = 2;

    /** Ids in one envelope. */
    public int idsMax() {
        return (int) Math.clamp(perSecond * ENVELOPE_SECONDS, 1, Envelope.IDS_MAX);
    }

    /** Envelopes on one queue, and no more than {@code max}. */
    public int queueEnvelopesMax(int max) {
        return envelopes(QUEUE_SECONDS, max);
    }

    /** Envelopes of one queue in a worker's hands, and no more than {@code max}. */
    public int prefetch(int max) {
        return envelopes(HAND_SECONDS, max);
    }

    private int envelopes(double seconds, int max) {
        return Math.min(max, (int) Math.max(ENVELOPES_MIN, Math.ceil(seconds * perSecond / idsMax())));
    }
}
