package io.heliograph.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Vertx vertx = Vertx.vertx();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();

    @AfterEach
    void stop() throws Exception {
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void sends_at_the_rate_that_is_asked_for() throws Exception {
        LoadResult result = run(new Pace.PerSecond(500), 8, this::accept);

        assertThat(result.accepted()).isEqualTo(500);
        assertThat(keys).hasSize(500);
        assertThat(result.latenciesMicros().getTotalCount()).isEqualTo(500);
    }

    @Test
    void waits_for_every_answer_when_it_goes_as_fast_as_it_can() throws Exception {
        LoadResult result = run(new Pace.AsFastAsAnswered(), 4, this::accept);

        assertThat(result.accepted()).isPositive().isEqualTo(requests.get());
        assertThat(keys).hasSize(requests.get());
    }

    /** A server that takes 100 ms on one connection does 10 a second; the last of 25 waits for 24 others. */
    @Test
    void counts_the_time_that_a_request_had_to_wait_for_its_sending() throws Exception {
        LoadResult result = run(new Pace.PerSecond(25), 1, request -> {
            long _ = vertx.setTimer(100, _ -> accept(request));
        });

        assertThat(result.accepted()).isEqualTo(25);
        assertThat(result.latencyMillisMax()).isGreaterThan(1_200);
    }

    @Test
    void tells_refused_from_accepted() throws Exception {
        LoadResult result = run(new Pace.PerSecond(100), 4, request -> answer(request, 503));

        assertThat(result.refused()).isEqualTo(100);
        assertThat(result.accepted()).isZero();
    }

    @Test
    void survives_connections_that_break() throws Exception {
        LoadResult result = run(new Pace.PerSecond(100), 4, request -> {
            if (requests.incrementAndGet() % 10 == 0) {
                request.connection().close().onComplete(closed -> {});
            } else {
                answer(request, 202);
            }
        });

        assertThat(result.broken()).isEqualTo(10);
        assertThat(result.accepted()).isEqualTo(90);
    }

    private void accept(HttpServerRequest request) {
        int _ = requests.incrementAndGet();
        boolean _ = keys.add(request.getHeader("Idempotency-Key"));
        answer(request, 202);
    }

    private static void answer(HttpServerRequest request, int status) {
        request.response().setStatusCode(status).end("{\"id\":\"1\"}").onComplete(sent -> {});
    }

    private LoadResult run(Pace pace, int connections, io.vertx.core.Handler<HttpServerRequest> handler)
            throws Exception {
        int port = vertx.createHttpServer()
                .requestHandler(handler)
                .listen(0, "127.0.0.1")
                .await(5, TimeUnit.SECONDS)
                .actualPort();
        return run(new Load(port, MessageRequests.single("key", "run"), connections, pace, SECOND));
    }

    private static LoadResult run(Load load) throws IOException {
        try (LoadGenerator generator = LoadGenerator.open(load)) {
            return generator.run();
        }
    }
}
