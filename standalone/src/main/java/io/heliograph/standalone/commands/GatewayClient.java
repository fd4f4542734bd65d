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
import java.time.Duration;

/** A command's way to the gateway that runs, here or where HELIOGRAPH_URL says. */
public final class GatewayClient {
    /** What the gateway says when it does not do what it was asked for, in words. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private static final int UNAUTHORIZED = 401;
        private final int status;
        private final String body;

        RefusedException(int status, String body, GatewayAddress asked) {
            super(words(status, body) + (status == UNAUTHORIZED ? whatToSet(asked) : ""));
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

        /** Mostly it is another gateway's key, or another gateway. */
        private static String whatToSet(GatewayAddress asked) {
            return "\n  asked was " + asked.url() + ", with the key of " + asked.keySource()
                    + ". Set HELIOGRAPH_URL and HELIOGRAPH_API_KEY to a gateway and a key of it.";
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
    private final GatewayAddress address;

    public GatewayClient(GatewayAddress address) {
        this.address = address;
    }

    /** Throws {@link IOException} with what to do when it is not said where, or with which key. */
    public static GatewayClient fromEnvironment() throws IOException {
        return new GatewayClient(GatewayAddress.of(System.getenv(), DataDirectory.DEFAULT));
    }

    public String url() {
        return address.url();
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
                    "nobody answers at " + address.url()
                            + ". Is it running (./heliograph up), and at this HELIOGRAPH_URL or HELIOGRAPH_HTTP_PORT?",
                    e);
        }
        if (response.statusCode() / 100 != 2) {
            throw new RefusedException(response.statusCode(), response.body(), address);
        }
        return new JsonObject(response.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address.url() + path))
                .timeout(CALL_MAX)
                .header("Authorization", "Bearer " + address.key());
    }
}
