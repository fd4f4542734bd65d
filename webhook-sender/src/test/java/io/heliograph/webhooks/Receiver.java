package io.heliograph.webhooks;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.KeyCertOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A customer's endpoint: keeps what it gets and answers as it is told. */
final class Receiver {
    /** What has come; header names in lower case. */
    record Got(String path, Map<String, String> headers, String body) {
        String id() {
            return headers.getOrDefault("webhook-id", "");
        }

        JsonObject json() {
            return new JsonObject(body);
        }

        /** As a customer does it, with the library that they use. */
        boolean isSignedWith(byte[] secret) {
            Map<String, List<String>> lists = headers.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
            try {
                new Webhook(secret).verify(body, lists);
                return true;
            } catch (WebhookVerificationException _) {
                return false;
            }
        }
    }

    private final List<Got> got = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer server;

    private Receiver(HttpServer server) {
        this.server = server;
    }

    /** Everything is fine with it. */
    static Receiver well(Vertx vertx) throws TimeoutException {
        return answering(vertx, request -> end(request, 204));
    }

    static Receiver answering(Vertx vertx, int status) throws TimeoutException {
        return answering(vertx, request -> end(request, status));
    }

    /** Reads everything and never answers. */
    static Receiver hanging(Vertx vertx) throws TimeoutException {
        return answering(vertx, _ -> {});
    }

    /** The same as {@link #well} with this certificate. */
    static Receiver secure(Vertx vertx, KeyCertOptions certificate) throws TimeoutException {
        return answering(
                vertx,
                new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate),
                request -> end(request, 204));
    }

    static Receiver answering(Vertx vertx, Consumer<HttpServerRequest> answer) throws TimeoutException {
        return answering(vertx, new HttpServerOptions(), answer);
    }

    private static Receiver answering(Vertx vertx, HttpServerOptions options, Consumer<HttpServerRequest> answer)
            throws TimeoutException {
        HttpServer server = vertx.createHttpServer(options);
        Receiver receiver = new Receiver(server);
        server.requestHandler(request -> request.body().onSuccess(body -> {
            receiver.got.add(new Got(request.uri(), headers(request), body.toString()));
            answer.accept(request);
        }));
        HttpServer _ = server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS);
        return receiver;
    }

    static void end(HttpServerRequest request, int status) {
        boolean _ = request.response().setStatusCode(status).end().isComplete();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hooks?shop=12";
    }

    int port() {
        return server.actualPort();
    }

    List<Got> got() {
        synchronized (got) {
            return List.copyOf(got);
        }
    }

    private static Map<String, String> headers(HttpServerRequest request) {
        return request.headers().entries().stream()
                .collect(Collectors.toMap(header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    }
}
