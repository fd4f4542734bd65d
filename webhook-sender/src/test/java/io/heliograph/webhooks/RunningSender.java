package io.heliograph.webhooks;

import io.heliograph.address.Names;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.RunningProcess;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The whole process, in this JVM. */
final class RunningSender implements AutoCloseable {
    static final String LOOPBACK = "127.0.0.0/8";
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final RunningProcess sender;

    private RunningSender(RunningProcess sender) {
        this.sender = sender;
    }

    static RunningSender start(Vertx vertx, DatabaseUrl url) throws Exception {
        return start(vertx, config(url, LOOPBACK, TIMEOUT));
    }

    static RunningSender start(Vertx vertx, WebhookSenderConfig config) throws Exception {
        return new RunningSender(WebhookSender.start(vertx, config).await(20, TimeUnit.SECONDS));
    }

    /** With these names and no others. */
    static RunningSender start(Vertx vertx, WebhookSenderConfig config, Map<String, String> addresses)
            throws Exception {
        Names names = host -> addresses.containsKey(host)
                ? Future.succeededFuture(List.of(InetAddress.ofLiteral(addresses.get(host))))
                : Future.failedFuture("no such name");
        return new RunningSender(WebhookSender.start(vertx, config, names).await(20, TimeUnit.SECONDS));
    }

    static WebhookSenderConfig config(DatabaseUrl url, String allow, Duration timeout) {
        return config(url, allow, "", timeout);
    }

    static WebhookSenderConfig config(DatabaseUrl url, String allow, String ca, Duration timeout) {
        return new WebhookSenderConfig(
                url, 0, allow, ca, timeout, 200, 64, Duration.ofHours(24), Duration.ofHours(24), Duration.ofMillis(10));
    }

    HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://localhost:" + sender.adminPort() + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Override
    public void close() throws Exception {
        Void _ = sender.stop().await(20, TimeUnit.SECONDS);
    }
}
