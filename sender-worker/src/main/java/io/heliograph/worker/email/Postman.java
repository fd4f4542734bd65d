package io.heliograph.worker.email;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailResult;

/**
 * Runs the mail client on one event loop. Called from several, it misses the greeting of a server that is quicker than
 * its own hand-over from the connection's loop to the caller's, and waits for it in vain.
 */
final class Postman {
    private final Vertx vertx;
    private final MailClient client;
    private final Round round = new Round();
    private final Future<String> started;

    Postman(Vertx vertx, MailConfig config) {
        this.vertx = vertx;
        this.client = MailClient.create(vertx, config);
        this.started = vertx.deployVerticle(round);
    }

    Future<MailResult> deliver(Letter letter) {
        return started.compose(id ->
                Future.future(done -> round.run(() -> client.sendMail(letter).onComplete(done))));
    }

    /** The client fails to close when a server has closed a connection before; that is as good. */
    Future<Void> close() {
        return client.close().otherwiseEmpty().compose(closed -> started).compose(vertx::undeploy);
    }

    private static final class Round extends VerticleBase {
        void run(Runnable task) {
            context.runOnContext(here -> task.run());
        }
    }
}
