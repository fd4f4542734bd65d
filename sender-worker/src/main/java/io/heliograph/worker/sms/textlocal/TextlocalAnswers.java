package io.heliograph.worker.sms.textlocal;

import io.heliograph.contract.ReceiptKey;
import io.heliograph.worker.http.Reply;
import io.heliograph.worker.provider.Meaning;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outcome.Unknown;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.ReceiptSource.Told;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what Textlocal answers. Success and failure both come with HTTP 200, and a success may leave some out. */
final class TextlocalAnswers {
    private static final Outcome INVALID = Meaning.RECIPIENT.outcome("invalid_number");
    /** As a warning it is an invalid number, as an error a wrong login. */
    private static final int INVALID_NUMBER_WARNING = 3;

    private TextlocalAnswers() {}

    static boolean isSuccess(Reply.Words words) {
        return words.ok() && "success".equals(words.json().getValue("status"));
    }

    /** What became of each number. One that is neither taken nor named as left out is unknown. */
    static List<Outcome> accepted(List<Outgoing> call, Reply.Words words) {
        Map<String, Outcome> byNumber = new HashMap<>();
        warned(words.json(), byNumber);
        notSent(words.json(), byNumber);
        taken(words.json(), byNumber);
        Outcome unnamed = new Unknown("http_" + words.status());
        return call.stream()
                .map(one -> byNumber.getOrDefault(ReceiptKey.tail(one.recipient()), unnamed))
                .toList();
    }

    /** Empty when it is no failure in Textlocal's words, or one that speaks of messages that were taken. */
    static OptionalInt code(Reply.Words words) {
        boolean failed = "failure".equals(words.json().getValue("status"))
                && objects(words.json(), "messages").findAny().isEmpty();
        return failed
                ? objects(words.json(), "errors")
                        .findFirst()
                        .map(TextlocalAnswers::code)
                        .orElse(OptionalInt.empty())
                : OptionalInt.empty();
    }

    /**
     * What became of one message, in a letter. Its errors are not documented: what is not about our account is about the message, or says
     * that the account was moved to where nothing can be asked any more.
     */
    static Told told(Reply.Words words) {
        if (isSuccess(words)) {
            return words.json().getValue("message") instanceof JsonObject message
                            && message.getValue("status") instanceof String letter
                            && !letter.isBlank()
                    ? new Told.Status(letter, null)
                    : new Told.Unavailable("no_status");
        }
        OptionalInt code = code(words);
        if (words.status() == 404) {
            return new Told.NotFound();
        }
        if (code.isEmpty()) {
            return new Told.Unavailable("http_" + words.status());
        }
        return TextlocalCodes.of(code.getAsInt()) == Meaning.SHUT_OUT
                ? new Told.Unavailable(Integer.toString(code.getAsInt()))
                : new Told.NotFound();
    }

    private static void taken(JsonObject json, Map<String, Outcome> byNumber) {
        objects(json, "messages").forEach(message -> {
            String number = number(message.getValue("recipient"));
            Object id = message.getValue("id");
            if (number != null && id != null && !id.toString().isBlank()) {
                byNumber.put(number, new Accepted(id.toString()));
            }
            // Of many texts each has its own messages, one level deeper.
            taken(message, byNumber);
        });
    }

    /** One text to many: the numbers that it went without. */
    private static void warned(JsonObject json, Map<String, Outcome> byNumber) {
        objects(json, "warnings").forEach(warning -> {
            Outcome outcome = code(warning).orElse(0) == INVALID_NUMBER_WARNING ? INVALID : outcome(warning);
            String numbers = warning.getValue("numbers") == null ? "" : String.valueOf(warning.getValue("numbers"));
            Stream.of(numbers.split(",")).forEach(number -> byNumber.put(ReceiptKey.tail(number), outcome));
        });
    }

    /** Many texts: those that were left out. */
    private static void notSent(JsonObject json, Map<String, Outcome> byNumber) {
        objects(json, "messages_not_sent").forEach(message -> {
            String number = number(message.getValue("number"));
            if (number != null && message.getValue("error") instanceof JsonObject error) {
                byNumber.put(number, outcome(error));
            }
        });
    }

    private static Outcome outcome(JsonObject error) {
        int code = code(error).orElse(0);
        return TextlocalCodes.of(code).outcome(Integer.toString(code));
    }

    private static OptionalInt code(JsonObject error) {
        return error.getValue("code") instanceof Number code ? OptionalInt.of(code.intValue()) : OptionalInt.empty();
    }

    /** Numbers come as text, as integers, and since Textlocal's move to another house as decimals too. */
    private static @Nullable String number(@Nullable Object recipient) {
        try {
            return recipient == null
                    ? null
                    : ReceiptKey.tail(
                            new BigDecimal(recipient.toString()).toBigInteger().toString());
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static Stream<JsonObject> objects(JsonObject json, String name) {
        return json.getValue(name) instanceof JsonArray array
                ? array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast)
                : Stream.empty();
    }
}
