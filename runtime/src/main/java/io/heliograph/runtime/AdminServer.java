package io.heliograph.runtime;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The operator's port: {@code /health/live} (the process answers), {@code /health/ready} (it can do its work now) and
 * {@code /metrics}. Live does not ask the database: restarting a process does not mend a database.
 */
public final class AdminServer {
    /** Answers "up", or a {@link #warning}, or a short word on what is missing. */
    public interface Check extends Supplier<Future<String>> {}

    public static final String UP = "up";
    private static final String DOWN = "down";
    private static final String WARNING = "warning";
    private static final long CHECK_SECONDS_MAX = 2;

    private final HttpServer server;

    private AdminServer(HttpServer server) {
        this.server = server;
    }

    public static Future<AdminServer> start(
            Vertx vertx, int port, PrometheusMeterRegistry registry, Map<String, Check> readiness) {
        return vertx.createHttpServer()
                .requestHandler(request -> answer(vertx, request, registry, readiness))
                .listen(port)
                .map(AdminServer::new);
    }

    /** It can do its work, and somebody has to look. */
    public static String warning(String what) {
        return WARNING + ": " + what;
    }

    public int port() {
        return server.actualPort();
    }

    public Future<Void> stop() {
        return server.close();
    }

    private static void answer(
            Vertx vertx, HttpServerRequest request, PrometheusMeterRegistry registry, Map<String, Check> readiness) {
        switch (request.path()) {
            case "/health/live" -> json(request, 200, new JsonObject().put("status", UP));
            case "/health/ready" -> ready(request, readiness);
            // Scraping walks every meter; that is work for a worker thread.
            case "/metrics" ->
                vertx.executeBlocking(registry::scrape, false)
                        .onSuccess(text -> request.response()
                                .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                                .end(text))
                        .onFailure(failure ->
                                json(request, 500, new JsonObject().put("status", Failures.describe(failure))));
            default ->
                json(request, 404, new JsonObject().put("status", "there is /health/live, /health/ready and /metrics"));
        }
    }

    private static void ready(HttpServerRequest request, Map<String, Check> readiness) {
        Map<String, Future<String>> asked = new TreeMap<>();
        readiness.forEach((name, check) -> asked.put(
                name, check.get().timeout(CHECK_SECONDS_MAX, TimeUnit.SECONDS).otherwise(Failures::describe)));
        Future.join(asked.values().stream().toList()).onComplete(done -> {
            JsonObject checks = new JsonObject();
            asked.forEach((name, result) -> checks.put(name, result.result()));
            String status = status(asked.values().stream().map(Future::result).toList());
            json(
                    request,
                    status.equals(DOWN) ? 503 : 200,
                    new JsonObject().put("status", status).put("checks", checks));
        });
    }

    private static String status(List<String> results) {
        if (results.stream().allMatch(UP::equals)) {
            return UP;
        }
        return results.stream().allMatch(result -> UP.equals(result) || result.startsWith(WARNING + ":"))
                ? WARNING
                : DOWN;
    }

    private static void json(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.toBuffer())
                .onFailure(failure -> request.connection().close());
    }
}
