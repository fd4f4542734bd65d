package io.heliograph.gateway.consents;

import io.heliograph.contract.Channel;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.runtime.Ids;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which suppressions to list; {@code before} is outside. */
record SuppressionFilter(
        UUID before, @Nullable String channel, @Nullable String person, int limit) {
    private static final int LIMIT_MAX = 200;
    private static final int LIMIT_DEFAULT = 50;

    /** Throws the problem of a query that is not one, with all its mistakes. */
    static SuppressionFilter read(MultiMap parameters, Addresses addresses) {
        QueryFields query = new QueryFields(parameters);
        UUID cursor = query.cursor("cursor");
        SuppressionFilter filter = new SuppressionFilter(
                Objects.requireNonNullElse(cursor, Ids.LAST),
                query.oneOf("channel", Channel.ADDRESSED_WORDS),
                person(query, addresses),
                query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX));
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return filter;
    }

    private static @Nullable String person(QueryFields query, Addresses addresses) {
        String text = query.text("person", SuppressionFields.ADDRESS_LENGTH_MAX);
        if (text == null) {
            return null;
        }
        // A plus sign that was not escaped arrives as a space.
        String person = text.contains("@")
                ? addresses.normal(Channel.EMAIL, text.replace(' ', '+'))
                : addresses.normal(Channel.SMS, text.startsWith(" ") ? "+" + text.strip() : text);
        if (person == null) {
            query.mistake(
                    "person",
                    ProblemCode.INVALID_RECIPIENT,
                    "person can be neither a phone number nor an email address.");
        }
        return person;
    }
}
