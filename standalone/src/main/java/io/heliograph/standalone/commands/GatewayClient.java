package io.heliograph.standalone.commands;

import io.heliograph.standalone.embedded.DataDirectory;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A command's way to the gateway that runs, here or where HELIOGRAPH_URL says. */
public final class GatewayClient {
    /** What the gateway says when it does not do what it was asked for, in words. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String body;

        RefusedException(int status, String body) {
            super(words(status, body));
            this.status = status;
            this.body = body;
        }

        int status() {
            return status;
        }

        /** Empty where it is no JSON: then somebody else has answered. */
        JsonObject problem() {
            return json(body);
        }

        private static JsonObject json(String body) {
            try {
                return new JsonObject(body);
            } catch (DecodeException e) {
                return new JsonObject();
            }
        }

        private static String words(int status, String body) {
            JsonObject problem = json(body);
            JsonArray errors = problem.getJsonArray("errors", new JsonArray());
            StringBuilder words = new StringBuilder("the gateway says " + status + ": ");
            // Of one mistake the problem as a whole says the same.
            if (errors.size() != 1) {
                words.append(problem.getString("detail", problem.getString("title", body)));
            }
            for (int i = 0; i < errors.size(); i++) {
                JsonObject error = errors.getJsonObject(i);
                words.append(errors.size() == 1 ? "" : "\n  ")
                        .append(error.getString("pointer", ""))
                        .append(": ")
                        .append(error.getString("detail"));
            }
            return words.toString();
        }

        /** The same request may be done in a moment. */
        boolean isForNow() {
            return status == 503;
        }
    }

    /** Longer than the gateway takes at the most. */
    private static final Duration CALL_MAX = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;
    private final String key;

    public GatewayClient(String url, String key) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.key = key;
    }

    /** Throws {@link IOException} with what to do when there is no key. */
    public static GatewayClient fromEnvironment() throws IOException {
        String here = "http://localhost:" + System.getenv().getOrDefault("HELIOGRAPH_HTTP_PORT", "8080");
        return new GatewayClient(System.getenv().getOrDefault("HELIOGRAPH_URL", here), key());
    }

    public String url() {
        return url;
    }

    public JsonObject get(String path) throws IOException, InterruptedException, RefusedException {
        return call(request(path).GET());
    }

    public JsonObject post(String path, JsonObject body) throws IOException, InterruptedException, RefusedException {
        return send("POST", path, body);
    }

    public JsonObject send(String method, String path, JsonObject body)
            throws IOException, InterruptedException, RefusedException {
        return call(request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.encode())));
    }

    private JsonObject call(HttpRequest.Builder request) throws IOException, InterruptedException, RefusedException {
        HttpResponse<String> response;
        try {
            response = client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException(
                    "nobody answers at " + url
                            + ". Is it running (./heliograph up), and at this HELIOGRAPH_URL or HELIOGRAPH_HTTP_PORT?",
                    e);
        }
        if (response.statusCode() / 100 != 2) {
            throw new RefusedException(response.statusCode(), response.body());
        }
        return new JsonObject(response.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(CALL_MAX)
                .header("Authorization", "Bearer " + key);
    }

    /** The one that is set, or the one that {@code up} made in the usual place. */
    private static String key() throws IOException {
        String set = System.getenv().getOrDefault("HELIOGRAPH_API_KEY", "");
        if (!set.isBlank()) {
            return set;
        }
        Path kept = DataDirectory.DEFAULT.resolve("api-key");
        try {
            return Files.readString(kept).trim();
        } catch (IOException e) {
            throw new IOException("set HELIOGRAPH_API_KEY, or run this where " + kept + " is", e);
        }
    }
}
