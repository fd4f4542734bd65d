package io.heliograph.gateway.booking.lines;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A question with buttons or a list instead of numbers, where the account has a Content of Twilio's for that many choices. Its variable 1 is the
 * question, 2 and so on are the choices; the ids of its buttons, or lines, are 1, 2 and so on.
 */
public final class Content {
    private static final int QUESTION_LENGTH_MAX = 1_024;

    /** What WhatsApp shows within a session; the shorter the labels may be, the nicer it looks. */
    public enum Kind {
        QUICK_REPLY(1, 3, 20),
        LIST(1, 10, 24);

        private final int choicesMin;
        private final int choicesMax;
        private final int labelLengthMax;

        Kind(int choicesMin, int choicesMax, int labelLengthMax) {
            this.choicesMin = choicesMin;
            this.choicesMax = choicesMax;
            this.labelLengthMax = labelLengthMax;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        int choicesMin() {
            return choicesMin;
        }

        int choicesMax() {
            return choicesMax;
        }
    }

    private Content() {}

    /** As a message stores it; null where the question goes out with numbers. */
    public static @Nullable JsonObject of(BookingSettings settings, String question, List<String> labels) {
        if (labels.isEmpty() || length(question) > QUESTION_LENGTH_MAX) {
            return null;
        }
        for (Kind kind : Kind.values()) {
            String sid = settings.contents()
                    .getJsonObject(kind.word(), new JsonObject())
                    .getString(Integer.toString(labels.size()));
            // A list cuts what is too long; a button would say half of what it does.
            boolean fits = kind == Kind.LIST || labels.stream().allMatch(label -> length(label) <= kind.labelLengthMax);
            if (sid != null && fits) {
                return new JsonObject()
                        .put("content_sid", sid)
                        .put("content_variables", variables(kind, question, labels));
            }
        }
        return null;
    }

    private static JsonObject variables(Kind kind, String question, List<String> labels) {
        JsonObject variables = new JsonObject().put("1", question);
        for (int i = 0; i < labels.size(); i++) {
            variables.put(Integer.toString(i + 2), cut(labels.get(i), kind.labelLengthMax));
        }
        return variables;
    }

    private static String cut(String label, int lengthMax) {
        return length(label) <= lengthMax
                ? label
                : label.substring(0, label.offsetByCodePoints(0, lengthMax - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
