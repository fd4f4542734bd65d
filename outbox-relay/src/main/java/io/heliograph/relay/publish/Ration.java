package io.heliograph.relay.publish;

/**
 * How much of a limited customer account may be put onto the broker now. Workers keep the limit; this keeps them from having
 * their hands full of what may not leave yet.
 *
 * @param perSecond what the account may send
 * @param aheadSeconds for how long it will have enough to do with what it was given
 */
record Ration(double perSecond, double aheadSeconds) {
    /** A little more than workers can let go: what they find too much waits a moment, and none of the limit is wasted. */
    private static final double SHARE = 0.93;

    private static final double AHEAD_SECONDS_MAX = 0.2;
    /** Less than this is not worth an envelope. */
    private static final double PORTION_SECONDS = 0.02;
    /** Further ahead is nobody, unless the limit was lower then. */
    private static final double STALE_SECONDS = 2;

    private static final int STALE_MESSAGES = 100;

    int rowsMax() {
        double ahead = aheadSeconds > STALE_SECONDS + seconds(STALE_MESSAGES) ? 0 : Math.max(0, aheadSeconds);
        int rows = (int) ((AHEAD_SECONDS_MAX - ahead) / seconds(1));
        if (ahead == 0) {
            return Math.max(1, rows);
        }
        return rows * seconds(1) < PORTION_SECONDS ? 0 : Math.max(0, rows);
    }

    /** What so many messages are enough for. */
    double seconds(int messages) {
        return messages / (SHARE * perSecond);
    }
}
