package io.heliograph.simulator.control;

import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.script.Scene;
import io.heliograph.simulator.script.Stage;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * Begins a new scene, and answers when the calls that were in flight have ended: then nothing from before can arrive in
 * the next test. It does not wait for ever for a customer that does not answer.
 */
final class ResetStage {
    private static final long POLL_MILLIS = 2;
    private static final int POLLS_MAX = 1_000;

    private final Vertx vertx;
    private final Stage stage;

    ResetStage(Vertx vertx, Stage stage) {
        this.vertx = vertx;
        this.stage = stage;
    }

    void handle(HttpServerRequest http) {
        answerWhenQuiet(http, stage.reset(), POLLS_MAX);
    }

    private void answerWhenQuiet(HttpServerRequest http, Scene before, int pollsLeft) {
        if (before.ledger().callbacks().open.sum() == 0 || pollsLeft == 0) {
            Replies.empty(http, 204);
        } else {
            long _ = vertx.setTimer(POLL_MILLIS, timer -> answerWhenQuiet(http, before, pollsLeft - 1));
        }
    }
}
