package io.heliograph.gateway.notifications.inbox.stream;

import java.time.Duration;

/**
 * How much of streams of inboxes a gateway puts up with.
 *
 * @param streamsMax open at a time in this process
 * @param streamsPerAccountMax of them, for all users of one account
 * @param slowAfter how long a reader may leave what was written to it unread before it is cut
 */
public record InboxStreamLimits(int streamsMax, int streamsPerAccountMax, Duration slowAfter) {}
