package io.heliograph.simulator.twilio;

import io.heliograph.simulator.http.Replies;
import io.vertx.core.http.HttpServerRequest;

/** Twilio's way to say no. */
final class TwilioReplies {
    private TwilioReplies() {}

    static void error(HttpServerRequest http, TwilioError error) {
        if (error.status() == 401) {
            http.response().putHeader("WWW-Authenticate", "Basic realm=\"Twilio API\"");
        }
        Replies.json(http, error.status(), error.toJson());
    }

    static void notFound(HttpServerRequest http) {
        error(http, TwilioError.notFound(http.path()));
    }

    static void tooLarge(HttpServerRequest http) {
        http.response().putHeader("Connection", "close");
        error(http, new TwilioError(413, 20413, "Request entity too large"));
    }
}
