package io.heliograph.simulator.http;

import io.netty.channel.ChannelOption;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;

/** Ends responses. A caller that has gone away is no failure of ours. */
public final class Replies {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json;charset=utf-8");
    private static final CharSequence HTML = HttpHeaders.createOptimized("text/html; charset=utf-8");

    private Replies() {}

    public static void json(HttpServerRequest request, int status, String body) {
        end(request, status, JSON, body);
    }

    public static void html(HttpServerRequest request, int status, String body) {
        end(request, status, HTML, body);
    }

    public static void empty(HttpServerRequest request, int status) {
        request.response().setStatusCode(status).end().onFailure(failure -> close(request));
    }

    /** Ends the connection without a word, as a crash does: the other side sees a reset, not a proper close. */
    public static void reset(HttpServerRequest request) {
        if (request.connection() instanceof ConnectionBase connection) {
            connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            // Past Vert.x's own handler, which would close in an orderly way.
            var _ = connection.channelHandlerContext().close();
        } else {
            close(request);
        }
    }

    private static void end(HttpServerRequest request, int status, CharSequence type, String body) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .end(Buffer.buffer(body))
                .onFailure(failure -> close(request));
    }

    private static void close(HttpServerRequest request) {
        request.connection().close().onFailure(failure -> {});
    }
}
