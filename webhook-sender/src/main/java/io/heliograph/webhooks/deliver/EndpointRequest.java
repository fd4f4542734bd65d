package io.heliograph.webhooks.deliver;

import io.heliograph.webhooks.deliver.Delivery.Endpoint;
import io.heliograph.webhooks.post.PostRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;

/** An event for an endpoint, as Standard Webhooks has it. Every try has the id of the event, so that receivers know it again. */
final class EndpointRequest {
    private EndpointRequest() {}

    static PostRequest of(Endpoint endpoint, Instant now) {
        Buffer body = endpoint.event().body();
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("Content-Type", "application/json")
                .add("User-Agent", "Heliograph-Webhooks/1")
                .add("webhook-id", endpoint.event().id().toString())
                .add("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .add(
                        "webhook-signature",
                        StandardSignature.of(endpoint.event().id(), now.getEpochSecond(), body, endpoint.secrets()));
        return new PostRequest(endpoint.url(), headers, body);
    }
}
