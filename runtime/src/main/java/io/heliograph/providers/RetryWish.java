package io.heliograph.providers;

import io.heliograph.providers.Retry.Jitter;
import io.heliograph.runtime.Durations;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an account or a message wants of its retries to be different; null where it has no wish. */
public record RetryWish(
        @Nullable Integer attemptsMax,
        @Nullable Duration base,
        @Nullable Duration cap,
        @Nullable Jitter jitter) {
    public static final RetryWish NONE = new RetryWish(null, null, null, null);

    /** As a message brings it: durations with their units. */
    public static RetryWish of(@Nullable JsonObject json) {
        if (json == null) {
            return NONE;
        }
        String jitter = json.getString("jitter");
        return new RetryWish(
                json.getInteger("attempts_max"),
                duration(json.getString("base")),
                duration(json.getString("cap")),
                jitter == null ? null : Jitter.of(jitter));
    }

    /** Of the two pauses the one that is wished for goes before the one that is not, when they do not fit. */
    public Retry over(Retry usual) {
        Duration first = base == null ? usual.base() : base;
        Duration longest = cap == null ? usual.cap() : cap;
        boolean fits = first.compareTo(longest) <= 0;
        return new Retry(
                attemptsMax == null ? usual.attemptsMax() : attemptsMax,
                fits || cap == null ? first : longest,
                fits || cap != null ? longest : first,
                jitter == null ? usual.jitter() : jitter);
    }

    private static @Nullable Duration duration(@Nullable String text) {
        return text == null ? null : Durations.parse(text);
    }
}
