package io.heliograph.simulator.script;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads how a create shall be answered: {@code kind}, and what belongs to that kind. */
final class AnswerJson {
    private static final int DAY_SECONDS = 86_400;
    private static final Map<String, Function<Fields, Answer>> KINDS = new TreeMap<>();

    static {
        KINDS.put("created", fields -> Answer.CREATED);
        KINDS.put("error", AnswerJson::refused);
        KINDS.put(
                "too_many_requests",
                fields -> new Answer.TooManyRequests(retryAfter(fields), fields.flag("as_date", false)));
        KINDS.put(
                "server_error",
                fields -> new Answer.ServerError(status(fields, 500, 500, 599), retryAfter(fields), accepts(fields)));
        KINDS.put("html", fields -> new Answer.Html(status(fields, 502, 200, 599), accepts(fields)));
        KINDS.put("redirect", fields -> new Answer.Redirect(accepts(fields)));
        KINDS.put("without_sid", AnswerJson::withoutId);
        KINDS.put("without_id", AnswerJson::withoutId);
        KINDS.put("garbage", fields -> new Answer.Garbage(status(fields, 0, 200, 599), accepts(fields)));
        KINDS.put("empty", fields -> new Answer.Empty(status(fields, 0, 200, 599), accepts(fields)));
        KINDS.put("invalid_number", fields -> new Answer.InvalidNumber());
        KINDS.put("reset", fields -> new Answer.Reset(accepts(fields)));
        KINDS.put("silence", fields -> new Answer.Silence(accepts(fields)));
    }

    private AnswerJson() {}

    static @Nullable Answer answer(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        String word = fields.text("kind");
        Function<Fields, Answer> kind = word == null ? null : KINDS.get(word);
        if (kind == null) {
            // What belongs to it cannot be told, so nothing else is complained of.
            fields.mistake("kind", "wants one of " + KINDS.keySet());
            return Answer.CREATED;
        }
        Answer answer = kind.apply(fields);
        fields.end();
        return answer;
    }

    private static Answer refused(Fields fields) {
        if (!fields.has("code")) {
            fields.mistake("code", "is missing");
        }
        return new Answer.Refused((int) fields.integer("code", 21211, 1, 99_999), fields.text("message"));
    }

    private static Answer withoutId(Fields fields) {
        return new Answer.WithoutSid(status(fields, 0, 200, 299), fields.flag("blank", false), accepts(fields));
    }

    private static int status(Fields fields, int fallback, int min, int max) {
        return (int) fields.integer("status", fallback, min, max);
    }

    private static int retryAfter(Fields fields) {
        return (int) fields.integer("retry_after_s", 0, 0, DAY_SECONDS);
    }

    /** Whether the message is sent all the same; false unless it is said. */
    private static boolean accepts(Fields fields) {
        return fields.flag("accepts", false);
    }
}
