package io.heliograph.worker.sms.plivo;

import io.heliograph.contract.Channel;
import io.heliograph.providers.routing.Senders;
import io.heliograph.worker.provider.Outgoing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** What is the same in a call to Plivo, and so the call itself but for the recipients. */
record PlivoMessage(String sender, Channel channel, Outgoing.Content content, long expirySeconds) {
    private static final int EXPIRY_SECONDS_MIN = 5;
    private static final int EXPIRY_SECONDS_MAX = 10_799;

    static PlivoMessage of(Outgoing outgoing, Senders senders) {
        return new PlivoMessage(
                outgoing.from(senders),
                outgoing.channel(),
                outgoing.content(),
                expirySeconds(outgoing.validFor().toSeconds()));
    }

    JsonObject to(List<Outgoing> call, PlivoSettings settings) {
        JsonObject message = new JsonObject()
                .put("src", sender)
                .put("dst", call.stream().map(Outgoing::recipient).collect(Collectors.joining("<")))
                .put("text", content.text())
                .put("type", type())
                .put("url", settings.statusCallback(call))
                .put("method", "POST")
                .put("message_expiry", expirySeconds);
        if (!content.mediaUrls().isEmpty()) {
            message.put("media_urls", new JsonArray(content.mediaUrls()));
        }
        Outgoing.Dlt dlt = content.dlt();
        if (dlt != null && dlt.entityId() != null && dlt.templateId() != null) {
            message.put("dlt_entity_id", dlt.entityId()).put("dlt_template_id", dlt.templateId());
        }
        return message;
    }

    private String type() {
        if (channel == Channel.WHATSAPP) {
            return "whatsapp";
        }
        return content.mediaUrls().isEmpty() ? "sms" : "mms";
    }

    /** Rounded down by an eighth at the most, so that messages that were accepted one after another share a call. */
    private static long expirySeconds(long validSeconds) {
        if (validSeconds >= EXPIRY_SECONDS_MAX) {
            return EXPIRY_SECONDS_MAX;
        }
        long step = Math.max(1, Long.highestOneBit(validSeconds) / 8);
        return Math.max(EXPIRY_SECONDS_MIN, validSeconds - validSeconds % step);
    }
}
