package io.heliograph.standalone.commands;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What one channel did with an event, as the API answers it.
 *
 * @param messageId "" where there is no message
 * @param inboxItemId "" where nothing was laid in the user's inbox
 */
public record ChannelOutcome(
        String channel, String status, String reason, String sendAt, String messageId, String inboxItemId) {
    /** Of a column of channels or states. */
    static final int WIDTH = 13;

    /** In the order of the type's channels. */
    public static List<ChannelOutcome> all(JsonObject notification) {
        JsonObject channels = notification.getJsonObject("channels");
        return channels.fieldNames().stream()
                .map(channel -> of(channel, channels.getJsonObject(channel)))
                .toList();
    }

    private static ChannelOutcome of(String channel, JsonObject outcome) {
        return new ChannelOutcome(
                channel,
                outcome.getString("status"),
                outcome.getString("reason", ""),
                outcome.getString("send_at", ""),
                outcome.getString("message_id", ""),
                outcome.getString("inbox_item_id", ""));
    }

    /** Whether there is something to follow; what waits for somebody's morning is not waited for. */
    public boolean leavesNow() {
        return !messageId.isEmpty() && sendAt.isEmpty();
    }

    /** Whether the channel does something with it, now or later. */
    boolean isTaken() {
        return !status.equals("skipped");
    }

    public String line(Paint paint) {
        String until = sendAt.isEmpty() ? "" : " until " + sendAt;
        return padded(channel) + (paint.status(status, WIDTH) + messageId + reason + until).stripTrailing();
    }

    /** With what it says. */
    String line(Paint paint, String text) {
        return padded(channel) + paint.status(status, WIDTH) + text.replace('\n', ' ');
    }

    public static String padded(String channel) {
        return ("%-" + WIDTH + "s").formatted(channel);
    }
}
