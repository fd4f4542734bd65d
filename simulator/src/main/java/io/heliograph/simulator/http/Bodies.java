package io.heliograph.simulator.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads request bodies up to a limit. */
public final class Bodies {
    public static final int BYTES_MAX = 1 << 20;

    private Bodies() {}

    /** One of the two is called, once, unless the caller goes away first. */
    public static void read(HttpServerRequest request, Handler<Buffer> complete, Runnable tooLarge) {
        new Reading(complete, tooLarge).of(request);
    }

    private static final class Reading {
        private final Buffer body = Buffer.buffer();
        private final Handler<Buffer> complete;
        private final Runnable tooLarge;
        private boolean over;

        private Reading(Handler<Buffer> complete, Runnable tooLarge) {
            this.complete = complete;
            this.tooLarge = tooLarge;
        }

        private void of(HttpServerRequest request) {
            request.exceptionHandler(failure -> over = true);
            request.handler(piece -> {
                if (!over && body.length() + piece.length() > BYTES_MAX) {
                    over = true;
                    tooLarge.run();
                } else if (!over) {
                    body.appendBuffer(piece);
                }
            });
            request.endHandler(end -> {
                if (!over) {
                    complete.handle(body);
                }
            });
        }
    }
}
