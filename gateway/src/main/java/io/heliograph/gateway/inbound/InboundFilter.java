package io.heliograph.gateway.inbound;

import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.runtime.Ids;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which of people's messages to list. Ids are bounds: {@code before} is outside, {@code from} inside. */
record InboundFilter(
        UUID before,
        UUID from,
        @Nullable String person,
        @Nullable String number,
        @Nullable String channel,
        @Nullable String word,
        int limit) {
    static final int LIMIT_MAX = 200;
    private static final int LIMIT_DEFAULT = 50;
    private static final int NUMBER_LENGTH_MAX = 60;
    private static final List<String> CHANNELS = List.of("sms", "whatsapp");
    private static final List<String> WORDS = List.of("stop", "start", "help");

    /** Throws the problem of a query that is not one, with all its mistakes. {@code e164} answers null for no number. */
    static InboundFilter read(MultiMap parameters, Function<String, @Nullable String> e164) {
        QueryFields query = new QueryFields(parameters);
        UUID receivedBefore = floor(query.time("received_before"), Ids.LAST);
        UUID cursor = query.cursor("cursor");
        InboundFilter filter = new InboundFilter(
                cursor == null || Ids.ORDER.compare(receivedBefore, cursor) < 0 ? receivedBefore : cursor,
                floor(query.time("received_after"), Ids.FIRST),
                person(query, e164),
                number(query, e164),
                query.oneOf("channel", CHANNELS),
                query.oneOf("keyword", WORDS),
                query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX));
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return filter;
    }

    private static @Nullable String person(QueryFields query, Function<String, @Nullable String> e164) {
        String text = query.text("from", NUMBER_LENGTH_MAX);
        String number = text == null ? null : e164.apply(withPlus(text));
        if (text != null && number == null) {
            query.mistake("from", ProblemCode.INVALID_SENDER, "from cannot be a phone number.");
        }
        return number;
    }

    /** Short codes are no phone numbers, and stand as they are. */
    private static @Nullable String number(QueryFields query, Function<String, @Nullable String> e164) {
        String text = query.text("to", NUMBER_LENGTH_MAX);
        String number = text == null ? null : e164.apply(withPlus(text));
        return number == null ? text : number;
    }

    /** A plus sign that was not escaped arrives as a space. */
    private static String withPlus(String text) {
        return text.startsWith(" ") ? "+" + text.strip() : text;
    }

    /** The smallest id of that moment. */
    private static UUID floor(@Nullable Instant time, UUID otherwise) {
        return time == null ? otherwise : Ids.floor(time);
    }
}
