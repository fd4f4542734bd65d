package io.heliograph.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** {@code GET /openapi.yaml}: the API's own description, which a test holds against the routes. */
public final class OpenApi {
    private static final Answer ANSWER = new Answer(200, Map.of("Content-Type", "application/yaml"), read());

    private OpenApi() {}

    public static void mount(Router router, Answers answers) {
        new Resource(router, answers, "/openapi.yaml")
                .get(context -> Future.succeededFuture(ANSWER))
                .andNothingElse();
    }

    private static Buffer read() {
        try (InputStream stream = OpenApi.class.getResourceAsStream("/openapi.yaml")) {
            if (stream == null) {
                throw new IllegalStateException("openapi.yaml is missing from the jar");
            }
            return Buffer.buffer(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
