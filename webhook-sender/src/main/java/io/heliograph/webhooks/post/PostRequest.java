package io.heliograph.webhooks.post;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** What is sent, and where to; the URL is as the customer wrote it. */
public record PostRequest(String url, MultiMap headers, Buffer body) {
    @Override
    public String toString() {
        // A URL may hold a secret, and a body is somebody's message.
        return "PostRequest";
    }
}
