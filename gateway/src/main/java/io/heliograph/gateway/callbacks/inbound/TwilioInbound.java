package io.heliograph.gateway.callbacks.inbound;

import io.heliograph.contract.Channel;
import io.heliograph.gateway.callbacks.CallbackProof;
import io.heliograph.gateway.callbacks.ReportFields;
import io.heliograph.gateway.callbacks.TwilioFields;
import io.heliograph.gateway.http.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Twilio's forms: SMS, MMS and RCS, and WhatsApp, which its addresses name. */
record TwilioInbound(CallbackProof proof) implements InboundSource {
    /** It sends ten at most. */
    private static final int MEDIA_MAX = 10;

    private static final List<String> WORDS = List.of("stop", "start", "help");
    private static final Answer THANKS =
            InboundSource.answer("text/xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>");

    @Override
    public @Nullable InboundMessage read(RoutingContext context, Supplier<UUID> ids) {
        ReportFields fields = TwilioFields.of(context);
        String sid = fields.word("MessageSid", "SmsMessageSid", "SmsSid");
        String from = fields.word("From");
        String to = fields.word("To");
        if (sid == null || from == null || to == null) {
            return null;
        }
        return new InboundMessage(
                ids.get(),
                "twilio",
                from.startsWith("whatsapp:") ? Channel.WHATSAPP : Channel.SMS,
                Parties.normal(from),
                Parties.normal(to),
                fields.word("MessagingServiceSid"),
                fields.whole("Body"),
                media(fields),
                sid,
                // Every repetition has it, and its own token only some.
                "twilio:" + sid,
                toldWord(fields.word("OptOutType")),
                fields.all());
    }

    @Override
    public Answer thanks() {
        return THANKS;
    }

    /** Only with Advanced Opt-Out, which has answered by then. */
    private static @Nullable String toldWord(@Nullable String optOutType) {
        String word = optOutType == null ? "" : optOutType.toLowerCase(Locale.ROOT);
        return WORDS.contains(word) ? word : null;
    }

    private static @Nullable JsonArray media(ReportFields fields) {
        JsonArray media = new JsonArray();
        for (int i = 0; i < MEDIA_MAX; i++) {
            String url = fields.whole("MediaUrl" + i);
            if (!url.isEmpty()) {
                media.add(new JsonObject().put("url", url).put("content_type", fields.word("MediaContentType" + i)));
            }
        }
        return media.isEmpty() ? null : media;
    }
}
