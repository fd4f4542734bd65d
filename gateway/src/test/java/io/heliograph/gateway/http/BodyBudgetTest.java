package io.heliograph.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.runtime.Metrics;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyBudgetTest {
    private static final int BODY_BYTES_MAX = 1024 * 1024;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100000\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"})
    void tells_a_client_whose_body_does_not_arrive_and_closes_its_connection(String half) throws Exception {
        int port = start(Duration.ofMillis(1));

        try (Socket socket = send(port, half)) {
            assertThat(untilClosed(socket)).startsWith("HTTP/1.1 408 ").contains("\"code\":\"body_too_slow\"");
        }
    }

    @Test
    void leaves_a_connection_open_whose_body_came_in_time() throws Exception {
        int port = start(Duration.ofHours(1));

        try (Socket socket = send(port, "Content-Length: 20000\r\n\r\n" + "x".repeat(20_000))) {
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 204");
        }
    }

    private int start(Duration arrivalMax) throws Exception {
        BodyBudget budget = new BodyBudget(64L * BODY_BYTES_MAX, arrivalMax);
        Router router = Router.router(vertx);
        router.route().handler(context -> budget.admit(context, BODY_BYTES_MAX));
        router.route().handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
        router.route().handler(context -> {
            var _ = context.response().setStatusCode(204).end();
        });
        new Answers(Metrics.registry(), Map.of()).mount(router);
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(0)
                .await(5, TimeUnit.SECONDS)
                .actualPort();
    }

    private static Socket send(int port, String lengthAndBody) throws IOException {
        Socket socket = new Socket("localhost", port);
        socket.setSoTimeout(5_000);
        socket.getOutputStream()
                .write(("POST / HTTP/1.1\r\nHost: x\r\n" + lengthAndBody).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String untilClosed(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
