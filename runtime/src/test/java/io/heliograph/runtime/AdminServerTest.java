package io.heliograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {
    private final Vertx vertx = Vertx.vertx();
    private final PrometheusMeterRegistry registry = Metrics.registry();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() throws Exception {
        http.close();
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void is_live_even_when_it_is_not_ready() throws Exception {
        int port = start(Map.of("database", () -> Future.failedFuture(new IOException("gone"))));

        assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void is_ready_when_every_check_is_up() throws Exception {
        int port = start(Map.of("a", () -> Future.succeededFuture("up"), "b", () -> Future.succeededFuture("up")));

        HttpResponse<String> response = get(port, "/health/ready");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(response.body()))
                .isEqualTo(new JsonObject("{\"status\":\"up\",\"checks\":{\"a\":\"up\",\"b\":\"up\"}}"));
    }

    @Test
    void is_not_ready_and_says_why_when_one_check_fails_or_reports_something_else() throws Exception {
        int port = start(Map.of(
                "broker", () -> Future.failedFuture(new IOException("secret@host")),
                "database", () -> Future.succeededFuture("up"),
                "disk", () -> Future.succeededFuture("full")));

        HttpResponse<String> response = get(port, "/health/ready");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(response.body()).getJsonObject("checks").getMap())
                .containsExactlyInAnyOrderEntriesOf(Map.of("broker", "IOException", "database", "up", "disk", "full"));
    }

    @Test
    void is_ready_with_a_warning_when_somebody_has_to_look_and_nothing_is_missing() throws Exception {
        AdminServer.Check warns = () -> Future.succeededFuture(AdminServer.warning("3 things are odd"));
        int odd = start(Map.of("a", () -> Future.succeededFuture("up"), "b", warns));
        int down = start(Map.of("a", () -> Future.succeededFuture("gone"), "b", warns));

        HttpResponse<String> response = get(odd, "/health/ready");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(response.body()))
                .isEqualTo(new JsonObject(
                        "{\"status\":\"warning\",\"checks\":{\"a\":\"up\",\"b\":\"warning: 3 things are odd\"}}"));
        assertThat(get(down, "/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void does_not_wait_for_a_check_that_never_answers() throws Exception {
        int port = start(Map.of("database", () -> Promise.<String>promise().future()));

        HttpResponse<String> response = get(port, "/health/ready");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("Timeout");
    }

    @Test
    void shows_metrics_as_prometheus_reads_them() throws Exception {
        Metrics.counter(registry, "heliograph_tests", "Tests", "result", "passed")
                .increment();
        int port = start(Map.of());

        HttpResponse<String> response = get(port, "/metrics");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body()).contains("heliograph_tests_total{result=\"passed\"} 1.0");
    }

    @Test
    void answers_404_for_any_other_path() throws Exception {
        assertThat(get(start(Map.of()), "/").statusCode()).isEqualTo(404);
    }

    private int start(Map<String, AdminServer.Check> readiness) throws Exception {
        return AdminServer.start(vertx, 0, registry, readiness)
                .await(5, TimeUnit.SECONDS)
                .port();
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .build(),
                BodyHandlers.ofString());
    }
}
