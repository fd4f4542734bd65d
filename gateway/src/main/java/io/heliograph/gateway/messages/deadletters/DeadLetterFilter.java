package io.heliograph.gateway.messages.deadletters;

import io.heliograph.contract.Cause;
import io.heliograph.contract.Channel;
import io.heliograph.contract.Reason;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.runtime.Ids;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant. Times are those of acceptance, because ids are ordered by them: a range of ids is found at once, and
 * a time that is known only later has no index. Both ends of the range are outside.
 *
 * @param reasons all that are meant
 */
record DeadLetterFilter(
        UUID after,
        UUID before,
        List<String> reasons,
        @Nullable String provider,
        @Nullable String channel) {
    private static final int PROVIDER_LENGTH_MAX = 100;

    static DeadLetterFilter read(QueryFields query) {
        return of(
                query.time("since"),
                query.time("until"),
                query.oneOf("cause", Cause.WORDS),
                query.oneOf("reason", Reason.CODES),
                query.text("provider", PROVIDER_LENGTH_MAX),
                query.oneOf("channel", Channel.WORDS));
    }

    /** Of what is to be replayed: who has opted out is not written to again. */
    static DeadLetterFilter readForReplay(JsonFields fields) {
        String optedOut = Reason.RECIPIENT_OPTED_OUT.code();
        String reason = oneOf(fields, "reason", Reason.CODES);
        if (optedOut.equals(reason)) {
            fields.mistake("reason", ProblemCode.NOT_ALLOWED, "Who has opted out is not written to again.");
        }
        DeadLetterFilter filter = of(
                fields.time("since"),
                fields.time("until"),
                oneOf(fields, "cause", Cause.WORDS),
                reason,
                fields.text("provider", PROVIDER_LENGTH_MAX),
                oneOf(fields, "channel", Channel.WORDS));
        return filter.withReasons(
                filter.reasons().stream().filter(one -> !one.equals(optedOut)).toList());
    }

    private static DeadLetterFilter of(
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable String cause,
            @Nullable String reason,
            @Nullable String provider,
            @Nullable String channel) {
        List<String> reasons = Arrays.stream(Reason.values())
                .filter(one -> cause == null || one.cause() == Cause.of(cause))
                .map(Reason::code)
                .filter(code -> reason == null || code.equals(reason))
                .toList();
        return new DeadLetterFilter(
                since == null ? Ids.FIRST : Ids.floor(since),
                until == null ? Ids.LAST : Ids.floor(until),
                reasons,
                provider,
                channel);
    }

    /** Only what comes before an id, on the way back in time. */
    DeadLetterFilter before(@Nullable UUID cursor) {
        return cursor == null || Ids.ORDER.compare(before, cursor) < 0
                ? this
                : new DeadLetterFilter(after, cursor, reasons, provider, channel);
    }

    /** Only what comes after an id, on the way forward in time. */
    DeadLetterFilter after(@Nullable UUID cursor) {
        return cursor == null || Ids.ORDER.compare(after, cursor) > 0
                ? this
                : new DeadLetterFilter(cursor, before, reasons, provider, channel);
    }

    private DeadLetterFilter withReasons(List<String> others) {
        return new DeadLetterFilter(after, before, others, provider, channel);
    }

    private static @Nullable String oneOf(JsonFields fields, String name, List<String> words) {
        return fields.isMissing(name) ? fields.text(name, 0) : fields.oneOf(name, words, words.getFirst());
    }
}
