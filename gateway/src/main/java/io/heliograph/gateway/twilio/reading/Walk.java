package io.heliograph.gateway.twilio.reading;

/**
 * A way along one index in one direction, as two statements.
 *
 * @param list what matches, of the messages of a stretch
 * @param last the last message of a stretch that is full; none when it is not
 */
record Walk(String list, String last) {}
