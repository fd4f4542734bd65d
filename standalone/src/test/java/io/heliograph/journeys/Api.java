package io.heliograph.journeys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** Heliograph's API as a customer calls it. */
final class Api implements AutoCloseable {
    private static final Duration CALL_MAX = Duration.ofSeconds(20);
    private static final Duration WAIT_MAX = Duration.ofSeconds(40);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final String key;

    Api(String base) {
        this(base, House.API_KEY);
    }

    Api(String base, String key) {
        this.base = base;
        this.key = key;
    }

    String base() {
        return base;
    }

    /** Accepts one message, and answers its id. */
    String send(String to, String text) {
        return send(new JsonObject().put("to", to).put("text", text));
    }

    /** Accepts one message, and answers its id. */
    String send(JsonObject message) {
        HttpResponse<String> response = post("/v1/messages", message);
        if (response.statusCode() != 202) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return new JsonObject(response.body()).getString("id");
    }

    JsonObject message(String id) {
        return get("/v1/messages/" + id);
    }

    String status(String id) {
        return message(id).getString("status");
    }

    /** Waits until the message has this status, and answers it. */
    JsonObject awaitStatus(String id, String status) {
        Awaitility.await(id + " is " + status).atMost(WAIT_MAX).until(() -> status.equals(status(id)));
        return message(id);
    }

    HttpResponse<String> post(String path, JsonObject body, String... headers) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.encode()));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return call(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonObject get(String path) {
        try {
            return new JsonObject(call(request(path).GET()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As it comes, with what can go wrong on the way. */
    HttpResponse<String> call(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + key)
                .timeout(CALL_MAX);
    }

    /** The words of a message's timeline, in order. */
    static List<String> story(JsonObject message) {
        JsonArray timeline = message.getJsonArray("timeline");
        return timeline.stream()
                .map(event -> ((JsonObject) event).getString("status"))
                .toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
