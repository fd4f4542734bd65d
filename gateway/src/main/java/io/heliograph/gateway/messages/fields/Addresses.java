package io.heliograph.gateway.messages.fields;

import io.heliograph.contract.Channel;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who sends to whom, and by which channel. Never repeats an address in a mistake: problems end up in clients' logs. */
final class Addresses {
    private static final String WHATSAPP_PREFIX = "whatsapp:";
    private static final int NUMBER_LENGTH_MAX = 60;
    /** Of either end by any channel. */
    static final int LENGTH_MAX = EmailAddress.LENGTH_MAX;

    private static final Pattern SHORT_CODE = Pattern.compile("[0-9]{3,8}");
    private static final Pattern ALPHANUMERIC = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}");

    private final Recipients recipients;

    Addresses(Recipients recipients) {
        this.recipients = recipients;
    }

    /** {@code whatsapp:+...} names its channel by itself. */
    Channel channel(JsonFields fields) {
        boolean addressedToWhatsApp = fields.any("to") instanceof String to && to.startsWith(WHATSAPP_PREFIX);
        Channel assumed = addressedToWhatsApp ? Channel.WHATSAPP : Channel.SMS;
        Channel channel = Channel.of(fields.oneOf("channel", Channel.ADDRESSED_WORDS, assumed.word()));
        if (addressedToWhatsApp && channel != Channel.WHATSAPP) {
            fields.mistake(
                    "channel",
                    ProblemCode.CHANNEL_MISMATCH,
                    "to is a WhatsApp address; leave channel out or make it whatsapp.");
        }
        return channel;
    }

    @Nullable
    String recipient(JsonFields fields, Channel channel) {
        String to = fields.requiredText("to", lengthMax(channel));
        if (to == null) {
            return null;
        }
        return channel == Channel.EMAIL ? emailRecipient(fields, to) : numberOfRecipient(fields, to);
    }

    private static @Nullable String emailRecipient(JsonFields fields, String to) {
        String address = EmailAddress.normal(to);
        if (address == null) {
            fields.mistake(
                    "to",
                    ProblemCode.INVALID_RECIPIENT,
                    "to cannot be an email address. Use one such as ann@example.com.");
        }
        return address;
    }

    private @Nullable String numberOfRecipient(JsonFields fields, String to) {
        String number = recipients.e164(withoutPrefix(to));
        if (number == null) {
            fields.mistake(
                    "to",
                    ProblemCode.INVALID_RECIPIENT,
                    "to cannot be a phone number. Use E.164, such as +15005550010.");
        }
        return number;
    }

    @Nullable
    String sender(JsonFields fields, Channel channel) {
        String from = fields.text("from", lengthMax(channel));
        if (from == null) {
            return null;
        }
        if (channel == Channel.SMS && isNameOrShortCode(from)) {
            return from;
        }
        String sender = switch (channel) {
            case SMS -> recipients.e164(from);
            case WHATSAPP -> recipients.e164(withoutPrefix(from));
            case EMAIL -> EmailAddress.normal(from);
            case WEB_PUSH -> throw notAddressed();
        };
        if (sender == null) {
            fields.mistake("from", ProblemCode.INVALID_SENDER, "from must be " + senders(channel) + ".");
        }
        return sender;
    }

    private static int lengthMax(Channel channel) {
        return channel == Channel.EMAIL ? EmailAddress.LENGTH_MAX : NUMBER_LENGTH_MAX;
    }

    private static String senders(Channel channel) {
        return switch (channel) {
            case SMS -> "a phone number, a short code of 3 to 8 digits, or a name of 1 to 11 letters and digits";
            case WHATSAPP -> "a phone number";
            case EMAIL -> "an email address, without a name";
            case WEB_PUSH -> throw notAddressed();
        };
    }

    /** Nobody gets here: channels are read by {@link Channel#ADDRESSED_WORDS}. */
    private static IllegalArgumentException notAddressed() {
        return new IllegalArgumentException("A browser has no address that could be named");
    }

    private static boolean isNameOrShortCode(String sender) {
        return SHORT_CODE.matcher(sender).matches()
                || ALPHANUMERIC.matcher(sender).matches();
    }

    private static String withoutPrefix(String address) {
        return address.startsWith(WHATSAPP_PREFIX) ? address.substring(WHATSAPP_PREFIX.length()) : address;
    }
}
