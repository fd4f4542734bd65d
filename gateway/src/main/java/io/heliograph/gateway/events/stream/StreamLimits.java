package io.heliograph.gateway.events.stream;

import java.time.Duration;

/**
 * How much of streams a gateway puts up with.
 *
 * @param streamsMax open at a time in this process
 * @param streamsPerAccountMax of them
 * @param slowAfter how long a reader may leave what was written to it unread before it is cut
 */
public record StreamLimits(int streamsMax, int streamsPerAccountMax, Duration slowAfter) {}
