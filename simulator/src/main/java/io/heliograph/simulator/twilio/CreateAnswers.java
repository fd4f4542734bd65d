package io.heliograph.simulator.twilio;

import io.heliograph.simulator.calls.StrayReplies;
import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.script.Answer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Answers a create as the script has it, and writes the answer into the ledger. */
final class CreateAnswers {
    private static final CharSequence CONCURRENT = HttpHeaders.createOptimized("Twilio-Concurrent-Requests");

    private static final int SUCCESS = 201;

    private final MessageJson json;

    CreateAnswers(MessageJson json) {
        this.json = json;
    }

    void send(Created created, long now) {
        HttpServerRequest http = created.http();
        if (http.response().closed()) {
            // It took longer than the caller would wait; what was accepted stays accepted.
            wrote(created, "caller_gone", 0, 0, now);
            return;
        }
        http.response().putHeader(CONCURRENT, Integer.toString(created.concurrent()));
        switch (created.behaviour().answer()) {
            case Answer.Created _ -> created(created, now);
            case Answer.Refused refused -> error(created, TwilioError.of(refused), "error", now);
            case Answer.InvalidNumber _ -> error(created, TwilioError.of(21211), "error", now);
            case Answer.TooManyRequests limited -> {
                StrayReplies.retryAfter(http, limited, now);
                error(created, TwilioError.TOO_MANY_REQUESTS, "too_many_requests", now);
            }
            case Answer.ServerError failed -> {
                StrayReplies.retryAfter(http, failed.retryAfterSeconds());
                error(created, TwilioError.ofServer(failed.status()), "server_error", now);
            }
            case Answer.WithoutSid hollow -> {
                int status = hollow.status() == 0 ? SUCCESS : hollow.status();
                wrote(created, "without_sid", status, 0, now);
                Replies.json(
                        http,
                        status,
                        "{" + (hollow.blank() ? "\"sid\":\"\"," : "") + "\"status\":\"queued\",\"error_code\":null}");
            }
            case Answer.Stray stray -> {
                wrote(created, stray.word(), stray.statusOr(SUCCESS), 0, now);
                StrayReplies.send(http, stray, SUCCESS, "{\"sid\": \"SM0123");
            }
        }
    }

    private void created(Created created, long now) {
        Message message = created.entry().message();
        if (created.error() != null || message == null) {
            TwilioError error = created.error() == null ? TwilioError.of(20500) : created.error();
            error(created, error, "error", now);
            return;
        }
        wrote(created, "created", SUCCESS, 0, now);
        String sid = created.scene().ledger().ids().sid(message);
        Replies.json(created.http(), SUCCESS, json.created(sid, message));
    }

    private static void error(Created created, TwilioError error, String how, long now) {
        wrote(created, how, error.status(), error.code(), now);
        TwilioReplies.error(created.http(), error);
    }

    private static void wrote(Created created, String how, int status, int code, long now) {
        created.scene().ledger().answered(created.entry(), how, status, code, now);
    }
}
