package io.heliograph.gateway.events.stream;

import io.heliograph.events.EventPosition;
import io.heliograph.gateway.events.EventFilter;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.QueryFields;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * What a reader wants to be told.
 *
 * @param after null for what happens from now on
 */
record StreamRequest(EventFilter filter, @Nullable EventPosition after) {
    private static final String HEADER = "Last-Event-ID";
    private static final String PARAMETER = "last_event_id";

    /** Throws the problem of a query that is not one, with all its mistakes. */
    static StreamRequest read(RoutingContext context) {
        QueryFields query = new QueryFields(context.queryParams());
        EventFilter filter = EventFilter.read(query);
        String inQuery = query.text(PARAMETER, Integer.MAX_VALUE);
        // A browser repeats the query as it was first, and knows better in the header.
        String inHeader = context.request().getHeader(HEADER);
        String text = inHeader == null || inHeader.isBlank() ? inQuery : inHeader.strip();
        EventPosition after = text == null ? null : EventPosition.parse(text);
        if (text != null && after == null) {
            query.mistake(
                    PARAMETER,
                    ProblemCode.INVALID_CURSOR,
                    PARAMETER + ", or the header " + HEADER + ", must be the position of an earlier event.");
        }
        var mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return new StreamRequest(filter, after);
    }
}
