package io.heliograph.gateway.sos.responses;

import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.runtime.Ids;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which responses to list, in the order of their ids: of a request, or of a donor.
 *
 * @param answer yes, no, or none for those who have not answered
 * @param after outside
 */
public record ResponseFilter(
        @Nullable UUID request,
        @Nullable String donor,
        @Nullable String answer,
        UUID after,
        int limit) {
    public static final int LIMIT_MAX = 200;
    private static final int LIMIT_DEFAULT = 50;
    private static final int ID_LENGTH_MAX = 128;
    private static final List<String> ANSWERS = List.of("yes", "no", "none");

    /** The first page of a request. */
    public static ResponseFilter of(UUID request) {
        return new ResponseFilter(request, null, null, Ids.FIRST, LIMIT_MAX);
    }

    /** Throws the problem of a query that is not one, with all its mistakes. */
    static ResponseFilter read(MultiMap parameters) {
        QueryFields query = new QueryFields(parameters);
        UUID request = id(query);
        String donor = query.text("donor", ID_LENGTH_MAX);
        String answer = query.oneOf("answer", ANSWERS);
        UUID cursor = query.cursor("cursor");
        int limit = query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        if (request == null && donor == null && !parameters.contains("request")) {
            query.mistake("request", ProblemCode.MISSING, "Responses are those to a request, or those of a donor.");
        }
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return new ResponseFilter(request, donor, answer, cursor == null ? Ids.FIRST : cursor, limit);
    }

    private static @Nullable UUID id(QueryFields query) {
        String text = query.text("request", ID_LENGTH_MAX);
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            query.mistake("request", ProblemCode.NOT_ALLOWED, "request must be the id of a request.");
            return null;
        }
    }
}
