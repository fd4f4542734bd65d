package io.heliograph.worker.sms.fast2sms;

import io.heliograph.contract.Segments;
import io.heliograph.worker.provider.Meaning;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Outgoing.Content;
import io.heliograph.worker.provider.Outgoing.Dlt;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a call that are the same for all of its numbers; each route has its own. */
final class Fast2smsMessage {
    /** Either the fields, or why there can be none. */
    sealed interface Made {
        record Fields(JsonObject json) implements Made {}

        record Impossible(Meaning meaning, String code) implements Made {}
    }

    private static final Dlt NONE = new Dlt(null, null, List.of());
    private static final String SLOTS = "variables_values";

    private Fast2smsMessage() {}

    static Made of(Outgoing outgoing, Fast2smsSettings settings) {
        Content content = outgoing.content();
        Dlt dlt = content.dlt() == null ? NONE : content.dlt();
        if (!content.mediaUrls().isEmpty() || dlt.variables().stream().anyMatch(word -> word.indexOf('|') >= 0)) {
            return new Made.Impossible(Meaning.PERMANENT, "not_sendable");
        }
        JsonObject fields =
                new JsonObject().put("route", settings.route().word()).put("flash", 0);
        String sender = outgoing.from(settings.senders());
        if (settings.route().hasHeader() && sender.isEmpty()) {
            return new Made.Impossible(Meaning.CONFIGURATION, "sender_missing");
        }
        return switch (settings.route()) {
            case Q -> new Made.Fields(quick(fields, content.text()));
            case DLT -> template(fields.put("sender_id", sender), dlt);
            case DLT_MANUAL -> registered(fields.put("sender_id", sender), content.text(), dlt, settings);
            case OTP -> digits(fields, content.text(), dlt);
        };
    }

    private static JsonObject quick(JsonObject fields, String text) {
        return fields.put("message", text).put("language", Segments.isGsm(text) ? "english" : "unicode");
    }

    /** The message is the number that Fast2SMS gave to the template. */
    private static Made template(JsonObject fields, Dlt dlt) {
        return dlt.templateId() == null
                ? new Made.Impossible(Meaning.PERMANENT, "dlt_template_missing")
                : new Made.Fields(
                        fields.put("message", dlt.templateId()).put(SLOTS, String.join("|", dlt.variables())));
    }

    private static Made registered(JsonObject fields, String text, Dlt dlt, Fast2smsSettings settings) {
        if (dlt.templateId() == null) {
            return new Made.Impossible(Meaning.PERMANENT, "dlt_template_missing");
        }
        JsonObject made = fields.put("message", text).put("template_id", dlt.templateId());
        String entityId = dlt.entityId() == null ? settings.entityId() : dlt.entityId();
        return new Made.Fields(entityId == null ? made : made.put("entity_id", entityId));
    }

    private static Made digits(JsonObject fields, String text, Dlt dlt) {
        String code = code(text, dlt);
        return code == null
                ? new Made.Impossible(Meaning.PERMANENT, "otp_digits_missing")
                : new Made.Fields(fields.put(SLOTS, code));
    }

    /** The first variable, or the text itself when it is nothing but digits. */
    private static @Nullable String code(String text, Dlt dlt) {
        String code = dlt.variables().isEmpty() ? text.strip() : dlt.variables().getFirst();
        return code.matches("[0-9]{1,10}") ? code : null;
    }
}
