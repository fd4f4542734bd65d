package io.heliograph.gateway.notifications.inbox.stream;

import io.heliograph.events.EventPosition;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.gateway.http.sse.EventStream;
import io.heliograph.gateway.notifications.inbox.InboxTokens;
import io.heliograph.gateway.notifications.inbox.InboxTokens.Admitted;
import io.heliograph.gateway.notifications.inbox.PersonInbox;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/inbox/stream}: a person's inbox as it changes, as Server-Sent Events. */
public final class InboxStreamRoutes {
    private static final String HEADER = "Last-Event-ID";
    private static final String PARAMETER = "last_event_id";

    private final InboxTokens tokens;
    private final InboxStreams streams;
    private final LocalInboxStreams local;

    public InboxStreamRoutes(InboxTokens tokens, InboxStreams streams, LocalInboxStreams local) {
        this.tokens = tokens;
        this.streams = streams;
        this.local = local;
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, PersonInbox.PATH + "/stream")
                .getWithoutEnd(this::open)
                .andNothingElse();
    }

    /** Ends the streams of this event loop, each with a word on why. */
    public void stop() {
        local.endAll();
    }

    /** Done when the stream is open. */
    private Future<Void> open(RoutingContext context) {
        HttpServerRequest request = context.request().pause();
        return tokens.admit(context)
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(admitted -> {
                    EventPosition after = after(context);
                    takePlace(admitted);
                    HttpServerRequest _ = request.resume();
                    begin(context, admitted, after);
                    return (Void) null;
                })
                .onFailure(failure -> {
                    HttpServerRequest _ = request.resume();
                });
    }

    private void begin(RoutingContext context, Admitted admitted, @Nullable EventPosition after) {
        EventStream stream = new EventStream(context.vertx(), context.request());
        stream.begin();
        local.open(new InboxStream(admitted.owner(), admitted.tokenHash(), stream, after));
    }

    private void takePlace(Admitted admitted) {
        switch (streams.take(admitted.owner())) {
            case TAKEN -> {}
            case GATEWAY_FULL ->
                throw Problem.unavailable("This gateway has as many streams as it may. Try again, or another one.")
                        .exception();
            case OWN_FULL ->
                throw Problem.unavailable("This inbox has as many streams here as it may. Close some.")
                        .exception();
        }
    }

    /** Throws the problem of a query that is not one. A reader that comes back repeats the query as it was, and knows better in the header. */
    private static @Nullable EventPosition after(RoutingContext context) {
        QueryFields query = new QueryFields(context.queryParams());
        String inQuery = query.text(PARAMETER, Integer.MAX_VALUE);
        String inHeader = context.request().getHeader(HEADER);
        String text = inHeader == null || inHeader.isBlank() ? inQuery : inHeader.strip();
        EventPosition after = text == null ? null : EventPosition.parse(text);
        if (text != null && after == null) {
            query.mistake(
                    PARAMETER,
                    ProblemCode.INVALID_CURSOR,
                    PARAMETER + ", or the header " + HEADER + ", must be the id of an earlier event of the stream.");
        }
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return after;
    }
}
