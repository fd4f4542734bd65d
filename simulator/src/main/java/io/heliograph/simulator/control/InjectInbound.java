package io.heliograph.simulator.control;

import io.heliograph.simulator.callbacks.CallEnd;
import io.heliograph.simulator.callbacks.Inbound;
import io.heliograph.simulator.callbacks.InboundMessage;
import io.heliograph.simulator.callbacks.OtherInbound;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.script.Scene;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Injects a person's message, and answers when the webhook has. */
public final class InjectInbound {
    private final Inbound twilio;
    private final OtherInbound others;
    private final @Nullable String defaultUrl;

    public InjectInbound(Inbound twilio, OtherInbound others, @Nullable String defaultUrl) {
        this.twilio = twilio;
        this.others = others;
        this.defaultUrl = defaultUrl;
    }

    /** Where a message goes that names no URL; null where it has to. */
    JsonObject show() {
        return new JsonObject().put("default_url", defaultUrl);
    }

    void handle(HttpServerRequest http, Scene scene, JsonObject body) {
        switch (InboundMessage.read(body, defaultUrl)) {
            case InboundMessage.Reading.Read(InboundMessage message) -> {
                BiConsumer<String, CallEnd> end = (id, how) -> ControlRoutes.json(http, 200, answer(id, how));
                if (message.provider() == Provider.TWILIO) {
                    twilio.deliver(scene, message, end);
                } else {
                    others.deliver(scene, message, end);
                }
            }
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
