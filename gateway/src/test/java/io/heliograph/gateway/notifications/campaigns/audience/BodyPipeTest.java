package io.heliograph.gateway.notifications.campaigns.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.gateway.http.Problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BodyPipeTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        Void _ = vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void reads_what_arrives() throws Exception {
        assertThat(outcome(Duration.ofMinutes(1))).isEqualTo("some lines");
    }

    @Test
    void ends_a_body_that_takes_longer_than_all_of_it_may_though_bytes_go_on_arriving() throws Exception {
        assertThat(outcome(Duration.ZERO)).isEqualTo("body_too_slow");
    }

    /** What was read, or the code of what went wrong. */
    private String outcome(Duration allMax) throws Exception {
        Promise<String> outcome = Promise.promise();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> {
                    BodyPipe pipe = new BodyPipe(request.pause(), vertx.getOrCreateContext(), allMax);
                    Thread _ = Thread.ofVirtual().start(() -> outcome.complete(read(pipe)));
                })
                .listen(0)
                .await(20, TimeUnit.SECONDS);
        HttpClient client = vertx.createHttpClient();
        Future<?> _ = client.request(HttpMethod.PUT, server.actualPort(), "localhost", "/")
                .compose(request -> request.send(Buffer.buffer("some lines")));
        return outcome.future().await(20, TimeUnit.SECONDS);
    }

    private static String read(BodyPipe pipe) {
        try (pipe) {
            return new String(pipe.readAllBytes(), StandardCharsets.UTF_8);
        } catch (ProblemException e) {
            return e.problem().code().word();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
