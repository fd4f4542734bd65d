package io.heliograph.gateway.consents;

import io.heliograph.contract.Channel;
import io.heliograph.gateway.consents.SuppressionStore.Told;
import io.heliograph.gateway.consents.SuppressionStore.Wish;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a customer says about a person's consent. Throws the problem of a body that is wrong, with all its mistakes. */
final class SuppressionFields {
    static final int ADDRESS_LENGTH_MAX = 254;
    private static final int SOURCE_LENGTH_MAX = 200;
    private static final int PROOF_LENGTH_MAX = 2_000;
    /** Of all senders, in the table. */
    private static final String ANY = "";

    private static final Pattern SHORT_CODE_OR_NAME = Pattern.compile("[0-9]{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}");

    private SuppressionFields() {}

    static Wish wish(JsonObject body, Addresses addresses) {
        JsonFields fields = new JsonFields(body, "");
        Channel channel = Channel.of(fields.oneOf("channel", Channel.ADDRESSED_WORDS, Channel.SMS.word()));
        String person = person(fields, channel, addresses);
        String sender = sender(fields, channel, addresses);
        Told told = told(fields);
        refuse(fields.mistakes());
        return new Wish(channel.word(), person, sender, told);
    }

    static Told told(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        Told told = told(fields);
        refuse(fields.mistakes());
        return told;
    }

    private static Told told(JsonFields fields) {
        String source = fields.requiredText("source", SOURCE_LENGTH_MAX);
        return new Told(source == null ? "" : source, fields.text("proof", PROOF_LENGTH_MAX));
    }

    private static String person(JsonFields fields, Channel channel, Addresses addresses) {
        String text = fields.requiredText("person", ADDRESS_LENGTH_MAX);
        String person = text == null ? null : addresses.normal(channel, text);
        if (text != null && person == null) {
            fields.mistake(
                    "person",
                    ProblemCode.INVALID_RECIPIENT,
                    "person cannot be the address of anybody in this channel. Numbers are E.164, such as +15005550010.");
        }
        return person == null ? "" : person;
    }

    private static String sender(JsonFields fields, Channel channel, Addresses addresses) {
        String text = fields.text("sender", ADDRESS_LENGTH_MAX);
        if (text == null) {
            return ANY;
        }
        String sender = normal(text, channel, addresses);
        if (sender == null) {
            fields.mistake(
                    "sender",
                    ProblemCode.INVALID_SENDER,
                    "sender must be what messages have as from in this channel. Leave it out for all of them.");
        }
        return sender == null ? ANY : sender;
    }

    private static @Nullable String normal(String sender, Channel channel, Addresses addresses) {
        boolean isAsItIs =
                channel == Channel.SMS && SHORT_CODE_OR_NAME.matcher(sender).matches();
        return isAsItIs ? sender : addresses.normal(channel, sender);
    }

    private static void refuse(Mistakes mistakes) {
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
    }
}
