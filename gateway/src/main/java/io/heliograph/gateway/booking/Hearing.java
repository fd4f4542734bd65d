package io.heliograph.gateway.booking;

import io.heliograph.gateway.booking.talk.Heard;
import io.heliograph.gateway.booking.talk.Heard.Enclosed;
import io.heliograph.gateway.turns.Turn;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A turn as the conversation hears it. */
final class Hearing {
    /** As Twilio tells which button was pressed, or which line of a list. */
    private static final List<String> IDS = List.of("ButtonPayload", "ListId");

    private static final List<String> LABELS = List.of("ButtonText", "ListTitle");

    private static final int BUTTON_LENGTH_MAX = 100;

    private Hearing() {}

    static Heard of(Turn turn, boolean afterSilence) {
        String id = first(turn.fields(), IDS);
        String label = first(turn.fields(), LABELS);
        return Heard.of(turn.body(), id == null ? label : id, label, enclosed(turn.media()), afterSilence);
    }

    private static @Nullable String first(JsonObject fields, List<String> names) {
        for (String name : names) {
            if (fields.getValue(name) instanceof String text && !text.isBlank() && text.length() <= BUTTON_LENGTH_MAX) {
                return text;
            }
        }
        return null;
    }

    private static Enclosed enclosed(@Nullable JsonArray media) {
        if (media == null || media.isEmpty()) {
            return Enclosed.NOTHING;
        }
        boolean isVoice = media.stream()
                .map(file -> (JsonObject) file)
                .allMatch(file -> String.valueOf(file.getValue("content_type")).startsWith("audio/"));
        return isVoice ? Enclosed.VOICE : Enclosed.FILE;
    }
}
