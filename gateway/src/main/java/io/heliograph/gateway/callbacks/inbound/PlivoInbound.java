package io.heliograph.gateway.callbacks.inbound;

import io.heliograph.contract.Channel;
import io.heliograph.gateway.callbacks.CallbackProof;
import io.heliograph.gateway.callbacks.ReportFields;
import io.heliograph.gateway.http.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Plivo's forms, whose numbers have no plus sign. */
record PlivoInbound(CallbackProof proof) implements InboundSource {
    private static final int MEDIA_MAX = 10;
    private static final Answer THANKS = InboundSource.answer("application/xml", "<Response></Response>");

    @Override
    public @Nullable InboundMessage read(RoutingContext context, Supplier<UUID> ids) {
        ReportFields fields = ReportFields.of(context.request().formAttributes());
        String messageUuid = fields.word("MessageUUID");
        String from = fields.word("From");
        String to = fields.word("To");
        if (messageUuid == null || from == null || to == null) {
            return null;
        }
        return new InboundMessage(
                ids.get(),
                "plivo",
                "whatsapp".equalsIgnoreCase(fields.word("Type")) ? Channel.WHATSAPP : Channel.SMS,
                Parties.normal(from),
                Parties.normal(to),
                fields.word("PowerpackUUID"),
                fields.whole("Text", "Body"),
                media(fields),
                messageUuid,
                "plivo:" + messageUuid,
                null,
                fields.all());
    }

    @Override
    public Answer thanks() {
        return THANKS;
    }

    private static @Nullable JsonArray media(ReportFields fields) {
        JsonArray media = new JsonArray();
        for (int i = 0; i < MEDIA_MAX; i++) {
            String url = fields.whole("Media" + i);
            if (!url.isEmpty()) {
                media.add(new JsonObject().put("url", url));
            }
        }
        return media.isEmpty() ? null : media;
    }
}
