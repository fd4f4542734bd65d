package io.heliograph.simulator.callbacks;

import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.script.Fields;
import io.heliograph.simulator.script.Mistake;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message from a person, as it is injected. The extra parameters are sent as they are, for what only some channels
 * have, such as ButtonText; with advanced opt-out the webhook is told of keywords too.
 */
public record InboundMessage(
        Provider provider,
        String from,
        String to,
        String body,
        List<Media> media,
        @Nullable String messagingServiceSid,
        Map<String, String> extra,
        boolean advancedOptOut,
        String url) {
    /** A file that came along. */
    public record Media(String url, String contentType) {}

    /** What was injected, or everything that is wrong with it. */
    public sealed interface Reading {
        /** Without a mistake. */
        record Read(InboundMessage message) implements Reading {}

        /** At least one. */
        record Mistaken(List<Mistake> mistakes) implements Reading {}
    }

    private static final int MEDIA_MAX = 10;
    private static final Map<String, Provider> PROVIDERS =
            Map.of("twilio", Provider.TWILIO, "plivo", Provider.PLIVO, "textlocal", Provider.TEXTLOCAL);

    /** The default URL is where one at Twilio goes when it names none. */
    public static Reading read(JsonObject json, @Nullable String defaultUrl) {
        List<Mistake> mistakes = new ArrayList<>();
        Fields fields = new Fields(json, "", mistakes);
        String body = fields.text("body");
        Provider provider = fields.choice("provider", Provider.TWILIO, PROVIDERS);
        InboundMessage message = new InboundMessage(
                provider,
                required(fields, "from"),
                required(fields, "to"),
                body == null ? "" : body,
                fields.objects("media").stream().map(InboundMessage::media).toList(),
                fields.text("messaging_service_sid"),
                Map.copyOf(fields.texts("extra")),
                fields.flag("advanced_opt_out", false),
                url(fields, provider == Provider.TWILIO ? defaultUrl : null));
        if (message.media.size() > MEDIA_MAX) {
            fields.mistake("media", "wants at most " + MEDIA_MAX);
        }
        fields.end();
        return mistakes.isEmpty() ? new Reading.Read(message) : new Reading.Mistaken(List.copyOf(mistakes));
    }

    private static Media media(Fields fields) {
        Media media = new Media(required(fields, "url"), required(fields, "content_type"));
        fields.end();
        return media;
    }

    private static String url(Fields fields, @Nullable String defaultUrl) {
        String url = fields.text("url");
        url = url == null ? defaultUrl : url;
        try {
            String checked = url == null ? "" : url;
            return CallbackUrl.parse(checked).signed().isEmpty() ? "" : checked;
        } catch (IllegalArgumentException e) {
            fields.mistake("url", "wants an absolute http or https URL, and no default is configured");
            return "";
        }
    }

    private static String required(Fields fields, String name) {
        String text = fields.text(name);
        if (text == null || text.isEmpty()) {
            fields.mistake(name, "is missing");
        }
        return text == null ? "" : text;
    }
}
