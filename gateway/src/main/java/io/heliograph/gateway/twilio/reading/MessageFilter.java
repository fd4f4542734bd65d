package io.heliograph.gateway.twilio.reading;

import io.heliograph.contract.Channel;
import io.heliograph.gateway.http.Texts;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.twilio.words.TwilioErrors;
import io.heliograph.runtime.Ids;
import io.vertx.core.MultiMap;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which messages to list. {@code from} and {@code until} are bounds of their ids, outside. */
record MessageFilter(
        UUID from,
        UUID until,
        @Nullable String recipient,
        @Nullable String sender,
        @Nullable String channel,
        @Nullable OffsetDateTime sentFrom,
        @Nullable OffsetDateTime sentBefore) {
    /** A message is sent at most so long after it was accepted: scheduled that far ahead, and valid that long. */
    private static final Duration SENT_AFTER_MAX = Duration.ofDays(35 + 14 + 1);

    private static final String WHATSAPP = "whatsapp:";
    private static final Pattern SHORT_CODE = Pattern.compile("[0-9]{3,8}");

    /** Throws Twilio's error about what is wrong. */
    static MessageFilter read(MultiMap query, Recipients recipients) {
        DateSent dates = DateSent.read(query);
        String to = given(query, "To");
        String from = given(query, "From");
        return new MessageFilter(
                dates.from() == null
                        ? Ids.FIRST
                        : Ids.floor(dates.from().minus(SENT_AFTER_MAX).toInstant()),
                dates.before() == null ? Ids.LAST : Ids.floor(dates.before().toInstant()),
                to == null ? null : address(to, recipients),
                from == null ? null : sender(from, recipients),
                channel(to, from),
                dates.from(),
                dates.before());
    }

    /** The times, and the channel where there is an address, which says it. */
    Tuple addTo(Tuple parameters) {
        parameters.addOffsetDateTime(sentFrom).addOffsetDateTime(sentBefore);
        return channel == null ? parameters : parameters.addString(channel);
    }

    private static @Nullable String given(MultiMap query, String name) {
        String value = query.get(name);
        if (value != null && !Texts.isStorable(value)) {
            throw TwilioErrors.invalidParameter(name + " has a character that no address has.");
        }
        return value == null || value.isEmpty() ? null : value;
    }

    /** As it was accepted: a short code is no number of the default region. */
    private static String sender(String from, Recipients recipients) {
        return SHORT_CODE.matcher(from).matches() ? from : address(from, recipients);
    }

    /** Of either end, as it is stored; what is no number, such as a name, stays as it is and is compared so. */
    private static String address(String address, Recipients recipients) {
        String plain = address.startsWith(WHATSAPP) ? address.substring(WHATSAPP.length()) : address;
        // A plus sign that was not escaped arrives as a space.
        String number = recipients.e164(plain.startsWith(" ") ? "+" + plain.trim() : plain);
        return number == null ? plain : number;
    }

    private static @Nullable String channel(@Nullable String to, @Nullable String from) {
        String one = to == null ? from : to;
        if (one == null) {
            return null;
        }
        return (one.startsWith(WHATSAPP) ? Channel.WHATSAPP : Channel.SMS).word();
    }
}
