package io.heliograph.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.worker.provider.SendBy;
import io.heliograph.worker.testing.FakeClocks;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real server, which counts what reaches it. */
class HttpTransportTest {
    private final Vertx vertx = Vertx.vertx();
    private final FakeClocks clocks = new FakeClocks();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final HttpTransport transport = new HttpTransport(vertx, 4, Duration.ofSeconds(5));
    private HttpServer server;

    @BeforeEach
    void listen() throws Exception {
        server = vertx.createHttpServer()
                .connectionHandler(connection -> connections.incrementAndGet())
                .requestHandler(request -> {
                    requests.incrementAndGet();
                    request.response().end("well");
                })
                .listen(0, "localhost")
                .await(5, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        Void _ = vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void sends_what_is_in_time_when_it_is_about_to_leave() {
        HttpTransport.Answer answer = exchange(SendBy.in(Duration.ofMillis(15), clocks));

        assertThat(answer.body().toString()).isEqualTo("well");
        assertThat(requests).hasValue(1);
    }

    @Test
    void does_not_send_what_is_too_late_when_it_is_about_to_leave() {
        SendBy sendBy = SendBy.in(Duration.ofMillis(15), clocks);
        clocks.passOnTheMonotonicClock(Duration.ofMillis(16));

        assertThatThrownBy(() -> exchange(sendBy)).isInstanceOf(HttpTransport.TooLateException.class);
        assertThat(requests).hasValue(0);
    }

    @Test
    void keeps_the_connection_that_was_opened_for_what_came_too_late() {
        SendBy passed = SendBy.in(Duration.ofMillis(-1), clocks);

        assertThatThrownBy(() -> exchange(passed)).isInstanceOf(HttpTransport.TooLateException.class);
        HttpTransport.Answer answer = exchange(null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(connections).hasValue(1);
        assertThat(requests).hasValue(1);
    }

    private HttpTransport.Answer exchange(@Nullable SendBy sendBy) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("localhost")
                .setPort(server.actualPort());
        return transport.exchange(options, Buffer.buffer("a message"), sendBy);
    }
}
