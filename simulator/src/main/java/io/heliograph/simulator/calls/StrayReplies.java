package io.heliograph.simulator.calls;

import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.script.Answer;
import io.vertx.core.http.HttpServerRequest;

/** Sends answers that are no provider's own. */
public final class StrayReplies {
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
}
