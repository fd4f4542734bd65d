package io.heliograph.simulator.calls;

import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.script.Answer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Sends answers that are no provider's own. */
public final class StrayReplies {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private StrayReplies() {}

    /** The success is the provider's own status for it, the garbage the beginning of its own JSON. */
    public static void send(HttpServerRequest http, Answer.Stray answer, int success, String garbage) {
        int status = answer.statusOr(success);
        switch (answer) {
            case Answer.Html _ ->
                Replies.html(http, status, "<html><body><h1>" + status + " Bad Gateway</h1></body></html>");
            case Answer.Redirect _ -> {
                http.response().putHeader("Location", "/elsewhere");
                Replies.json(http, status, "{}");
            }
            case Answer.Garbage _ -> Replies.json(http, status, garbage);
            case Answer.Empty _ -> Replies.empty(http, status);
            case Answer.Reset _ -> Replies.reset(http);
            case Answer.Silence _ -> {
                // The connection stays as it is until the caller has enough.
            }
        }
    }

    /** Says when to come back, unless that is 0. */
    public static void retryAfter(HttpServerRequest http, int seconds) {
        if (seconds > 0) {
            http.response().putHeader("Retry-After", Integer.toString(seconds));
        }
    }

    /** The same, as a date where that is wanted; there is no Date beside it, as many a server sends none. */
    public static void retryAfter(HttpServerRequest http, Answer.TooManyRequests limited, long now) {
        if (limited.asDate() && limited.retryAfterSeconds() > 0) {
            Instant then = Instant.ofEpochMilli(now).plusSeconds(limited.retryAfterSeconds());
            http.response().putHeader("Retry-After", HTTP_DATE.format(then));
        } else {
            retryAfter(http, limited.retryAfterSeconds());
        }
    }
}
