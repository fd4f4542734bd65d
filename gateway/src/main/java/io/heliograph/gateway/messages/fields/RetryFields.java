package io.heliograph.gateway.messages.fields;

import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.runtime.Durations;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a message wants to be tried again: each part of it counts before that of its account, which counts before the usual. */
final class RetryFields {
    static final int ATTEMPTS_MAX = 100;
    static final Duration PAUSE_MIN = Duration.ofSeconds(1);
    static final Duration PAUSE_MAX = Duration.ofDays(1);
    private static final List<String> JITTER = List.of("full", "none");

    private RetryFields() {}

    /** As it is stored; null when it has no wish. */
    static @Nullable JsonObject read(JsonFields fields) {
        JsonFields given = fields.child("retry");
        if (given == null) {
            return null;
        }
        int attemptsMax = given.integer("attempts_max", 1, 1, ATTEMPTS_MAX);
        Duration base = given.duration("base", PAUSE_MIN, PAUSE_MAX);
        Duration cap = given.duration("cap", PAUSE_MIN, PAUSE_MAX);
        String jitter = given.oneOf("jitter", JITTER, JITTER.getFirst());
        if (base != null && cap != null && cap.compareTo(base) < 0) {
            given.mistake("cap", ProblemCode.INVALID_DURATION, "cap must not be shorter than base.");
        }
        JsonObject retry = new JsonObject();
        putIf(!given.isMissing("attempts_max"), retry, "attempts_max", attemptsMax);
        putIf(base != null, retry, "base", base == null ? null : Durations.write(base));
        putIf(cap != null, retry, "cap", cap == null ? null : Durations.write(cap));
        putIf(!given.isMissing("jitter"), retry, "jitter", jitter);
        fields.mistakesOf(given);
        return retry.isEmpty() ? null : retry;
    }

    private static void putIf(boolean isGiven, JsonObject json, String name, @Nullable Object value) {
        if (isGiven) {
            JsonObject _ = json.put(name, value);
        }
    }
}
