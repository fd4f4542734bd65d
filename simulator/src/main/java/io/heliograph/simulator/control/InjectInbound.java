package io.heliograph.simulator.control;

import io.heliograph.simulator.callbacks.CallEnd;
import io.heliograph.simulator.callbacks.Inbound;
import io.heliograph.simulator.callbacks.InboundMessage;
import io.heliograph.simulator.script.Scene;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Injects a person's message, and answers when the webhook has. */
public final class InjectInbound {
    private final Inbound inbound;
    private final @Nullable String defaultUrl;

    public InjectInbound(Inbound inbound, @Nullable String defaultUrl) {
        this.inbound = inbound;
        this.defaultUrl = defaultUrl;
    }

    void handle(HttpServerRequest http, Scene scene, JsonObject body) {
        switch (InboundMessage.read(body, defaultUrl)) {
            case InboundMessage.Reading.Read read ->
                inbound.deliver(scene, read.message(), (sid, how) -> ControlRoutes.json(http, 200, answer(sid, how)));
            case InboundMessage.Reading.Mistaken mistaken -> ControlRoutes.mistaken(http, mistaken.mistakes());
        }
    }

    private static JsonObject answer(String sid, CallEnd how) {
        JsonObject answer = new JsonObject().put("sid", sid);
        return switch (how) {
            case CallEnd.Answered answered ->
                answer.put("status", answered.status())
                        .put("content_type", answered.contentType())
                        .put("body", answered.body());
            case CallEnd.Failed failed -> answer.put("failure", failed.why());
            case CallEnd.Dropped _ -> answer.put("failure", "dropped");
        };
    }
}
