package io.heliograph.gateway;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Reads a stream as a browser does: it knows the last id, and goes on from there. */
final class SseReader implements AutoCloseable {
    record Block(String event, JsonObject data, String idSoFar) {}

    private static final int PATIENCE_SECONDS = 20;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final BlockingQueue<Block> blocks = new LinkedBlockingQueue<>();
    private final HttpResponse<Stream<String>> response;
    private volatile String lastId = "";
    private volatile boolean ended;

    private String event = "";
    private String data = "";

    private SseReader(HttpRequest request) throws IOException, InterruptedException {
        response = http.send(request, BodyHandlers.ofLines());
        Thread _ = Thread.ofVirtual().start(this::read);
    }

    /** Of the stream at this path and query. Headers come in pairs; the key is the first account's unless they bring another. */
    static SseReader open(int port, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .setHeader("Authorization", "Bearer " + RunningGateway.API_KEY);
        for (int i = 0; i < headers.length; i += 2) {
            request = request.setHeader(headers[i], headers[i + 1]);
        }
        return new SseReader(request.build());
    }

    HttpResponse<?> response() {
        return response;
    }

    /** The next one, whatever it is. */
    Block next() throws InterruptedException {
        Block block = blocks.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (block == null) {
            throw new AssertionError("Nothing came");
        }
        return block;
    }

    /** The next one has to be of this kind. */
    Block next(String kind) throws InterruptedException {
        Block block = next();
        if (!block.event().equals(kind)) {
            throw new AssertionError("Not " + kind + " but " + block);
        }
        return block;
    }

    boolean isQuiet() {
        return blocks.isEmpty();
    }

    boolean isEnded() {
        return ended;
    }

    String lastId() {
        return lastId;
    }

    private void read() {
        try (Stream<String> lines = response.body()) {
            lines.forEach(this::line);
        } catch (RuntimeException e) {
            // The connection is gone, as a test may want it.
        } finally {
            ended = true;
        }
    }

    private void line(String line) {
        if (line.isEmpty()) {
            if (!data.isEmpty()) {
                boolean _ = blocks.add(new Block(event, new JsonObject(data), lastId));
            }
            event = "";
            data = "";
        } else if (line.startsWith("id: ")) {
            lastId = line.substring(4);
        } else if (line.startsWith("event: ")) {
            event = line.substring(7);
        } else if (line.startsWith("data: ")) {
            data = line.substring(6);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
