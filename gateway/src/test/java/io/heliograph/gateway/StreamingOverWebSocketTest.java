package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.testing.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same as over Server-Sent Events, to readers that prefer a WebSocket. */
class StreamingOverWebSocketTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway(TestDatabase.fresh());

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.shutdownNow();
    }

    @Test
    void tells_what_happens_and_goes_on_where_it_ended() throws Exception {
        List<Integer> numbers = new ArrayList<>();
        Reader first = open(gateway, "?types=consent.changed");
        assertThat(first.next().getString("type")).isEqualTo("live");
        gateway.sql().execute(TestEvents.insert(1, 3));
        String last = "";
        while (numbers.size() < 3) {
            JsonObject event = first.next();
            last = event.getString("position");
            numbers.add(event.getJsonObject("data").getInteger("number"));
        }
        first.abort();
        gateway.sql().execute(TestEvents.insert(4, 300));

        Reader second = open(gateway, "?types=consent.changed&last_event_id=" + last);
        while (numbers.size() < 300) {
            numbers.add(second.next().getJsonObject("data").getInteger("number"));
        }

        assertThat(numbers)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 300).boxed().toList());
        assertThat(second.next().getString("type")).isEqualTo("live");
        second.abort();
    }

    @Test
    void says_goodbye_when_its_gateway_stops() throws Exception {
        try (RunningGateway other = new RunningGateway(gateway.sql().url())) {
            Reader reader = open(other, "");
            assertThat(reader.next().getString("type")).isEqualTo("live");

            other.stop();

            JsonObject end = reader.next();
            assertThat(end.getString("type")).isEqualTo("end");
            assertThat(end.getString("reason")).isEqualTo("stopping");
            assertThat(reader.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1001);
        }
    }

    @Test
    void is_refused_like_any_other_request() {
        assertThatThrownBy(() -> open(gateway, "?types=message.lost"))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(400));
    }

    private Reader open(RunningGateway at, String query) throws Exception {
        Reader reader = new Reader();
        reader.socket = http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + RunningGateway.API_KEY)
                .buildAsync(URI.create("ws://localhost:" + at.port() + "/v1/stream" + query), reader)
                .get(10, TimeUnit.SECONDS);
        return reader;
    }

    private static final class Reader implements WebSocket.Listener {
        private final BlockingQueue<JsonObject> texts = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private volatile @Nullable WebSocket socket;

        JsonObject next() throws InterruptedException {
            JsonObject next = texts.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("Nothing came");
            }
            return next;
        }

        void abort() {
            Objects.requireNonNull(socket).abort();
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                texts.add(new JsonObject(text.toString()));
                text.setLength(0);
            }
            webSocket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(statusCode);
            return CompletableFuture.completedFuture(null);
        }
    }
}
