package io.heliograph.gateway.twilio.reading;

/** Ways along one index, in both directions. */
record Walks(Walk older, Walk newer) {
    /**
     * A way in one direction, as two statements.
     *
     * @param list what matches, of the messages of a stretch
     * @param last the last message of a stretch that is full; none when it is not
     */
    record Walk(String list, String last) {}

    Walk towards(boolean newest) {
        return newest ? newer : older;
    }
}
