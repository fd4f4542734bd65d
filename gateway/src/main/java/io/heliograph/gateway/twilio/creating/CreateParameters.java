package io.heliograph.gateway.twilio.creating;

import io.heliograph.contract.Channel;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.messages.fields.MessageFields;
import io.heliograph.gateway.messages.fields.MessageFields.Origin;
import io.heliograph.gateway.messages.fields.MessageFields.Read;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.outbox.TwilioExtras;
import io.heliograph.gateway.twilio.words.Form;
import io.heliograph.gateway.twilio.words.Sids;
import io.heliograph.gateway.twilio.words.TwilioErrors;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one message out of the parameters of Twilio's create: they become the fields of ours, and are checked as those. Pure. */
public final class CreateParameters {
    private static final String WHATSAPP = "whatsapp:";
    /** Ten hours, which is as long as Twilio queues. */
    private static final int VALIDITY_SECONDS_MAX = 36_000;

    private static final int URL_LENGTH_MAX = 2_000;
    private static final int PORT_MAX = 65_535;

    private final MessageFields fields;

    public CreateParameters(MessageFields fields) {
        this.fields = fields;
    }

    /** Throws Twilio's error about the first thing that is wrong. */
    NewMessage read(Form form, Origin origin) {
        Unsupported.check(form);
        String serviceSid = messagingServiceSid(form);
        String statusCallback = statusCallback(form);
        JsonObject json = addresses(form, serviceSid).put("valid_for", validForSeconds(form));
        OffsetDateTime sendAt = Schedule.sendAt(form, origin.now());
        if (sendAt != null) {
            json.put("send_at", sendAt.toString());
        }
        content(form, json);
        return switch (fields.read(json, "", origin)) {
            case Read.Valid(NewMessage message) -> {
                if (message.recipient().equals(message.sender())) {
                    throw TwilioErrors.of(
                            ProblemCode.INVALID_SENDER, 21266, "'To' and 'From' number cannot be the same");
                }
                yield message.with(new TwilioExtras(statusCallback, serviceSid));
            }
            case Read.Invalid invalid ->
                throw MistakeWords.asTwilio(invalid.mistakes().told().getFirst());
        };
    }

    private static JsonObject addresses(Form form, @Nullable String serviceSid) {
        String to = form.text("To");
        String from = form.text("From");
        if (to == null) {
            throw TwilioErrors.of(ProblemCode.MISSING, 21604, "A 'To' phone number is required.");
        }
        if (from == null && serviceSid == null) {
            throw TwilioErrors.of(ProblemCode.MISSING, 21603, "A 'From' phone number is required.");
        }
        boolean whatsapp = to.startsWith(WHATSAPP);
        if (from != null && whatsapp != from.startsWith(WHATSAPP)) {
            throw TwilioErrors.of(
                    ProblemCode.CHANNEL_MISMATCH,
                    21910,
                    "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel");
        }
        JsonObject json =
                new JsonObject().put("to", to).put("channel", (whatsapp ? Channel.WHATSAPP : Channel.SMS).word());
        return from == null ? json : json.put("from", from);
    }

    private static void content(Form form, JsonObject json) {
        String body = form.text("Body");
        if (body != null) {
            json.put("text", form.isTrue("SmartEncoded") ? SmartEncoding.of(body) : body);
        }
        List<String> media = form.all("MediaUrl");
        if (!media.isEmpty()) {
            json.put("media_urls", new JsonArray(media));
        }
    }

    /** What it stands for here: the route chooses the sender. Any will do, because none is kept. */
    private static @Nullable String messagingServiceSid(Form form) {
        String sid = form.text("MessagingServiceSid");
        if (sid != null && !Sids.isMessagingService(sid)) {
            throw TwilioErrors.of(ProblemCode.NOT_ALLOWED, 21701, "The Messaging Service does not exist");
        }
        return sid;
    }

    private static int validForSeconds(Form form) {
        String text = form.text("ValidityPeriod");
        try {
            int seconds = text == null ? VALIDITY_SECONDS_MAX : Integer.parseInt(text);
            if (seconds >= 1 && seconds <= VALIDITY_SECONDS_MAX) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number that is out of range.
        }
        throw TwilioErrors.of(ProblemCode.INVALID_DURATION, 21624, "Invalid validity period");
    }

    /** Twilio wants a host that has a name, and none with an underscore. Credentials in it would not be sent, so they are refused. */
    private static @Nullable String statusCallback(Form form) {
        String url = form.text("StatusCallback");
        if (url != null && !isCallable(url)) {
            throw TwilioErrors.of(ProblemCode.INVALID_URL, 21609, "Invalid 'StatusCallback' URL");
        }
        return url;
    }

    private static boolean isCallable(String url) {
        try {
            URI uri = URI.create(url);
            // A host with an underscore is none for the JDK.
            return url.length() <= URL_LENGTH_MAX
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getPort() != 0
                    && uri.getPort() <= PORT_MAX
                    && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
