package io.heliograph.simulator.plivo;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.heliograph.simulator.http.JsonText;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.Status;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** A message as Plivo's detail record has it; numbers stand there without a plus. */
final class PlivoMessageJson {
    static final String RATE = "0.00250";

    private static final int RATE_IN_HUNDRED_THOUSANDTHS = 250;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

    private final String messages;

    /** The path of all messages, with a slash at its end. */
    PlivoMessageJson(String messages) {
        this.messages = messages;
    }

    @CanIgnoreReturnValue
    JsonText write(JsonText json, String uuid, Message message) {
        Message.Content content = message.content();
        Message.State state = message.state();
        json.raw("\"error_code\":").string(errorCode(state));
        json.raw(",\"error_message\":\"\",\"from_number\":")
                .string(content.from() == null ? "" : digits(content.from()));
        json.raw(",\"message_direction\":\"outbound\",\"message_state\":").string(state(state.status()));
        json.raw(",\"message_time\":").string(time(message.createdAt()));
        json.raw(",\"message_sent_time\":").string(state.sentAt() == 0 ? null : time(state.sentAt()));
        json.raw(",\"message_updated_time\":").string(time(state.updatedAt()));
        json.raw(",\"message_type\":\"sms\",\"message_uuid\":").string(uuid);
        json.raw(",\"resource_uri\":").string(messages + uuid + '/');
        json.raw(",\"to_number\":").string(digits(content.to()));
        json.raw(",\"total_amount\":").string(amount(state.segments()));
        json.raw(",\"total_rate\":").string(RATE);
        return json.raw(",\"units\":").raw(state.segments());
    }

    static String state(Status status) {
        return status == Status.ACCEPTED || status == Status.SENDING ? Status.QUEUED.word() : status.word();
    }

    static @Nullable String errorCode(Message.State state) {
        if (state.errorCode() != null) {
            return code(state.errorCode());
        }
        return state.status() == Status.DELIVERED ? "000" : null;
    }

    static String code(int errorCode) {
        return Integer.toString(errorCode);
    }

    static String amount(int units) {
        int amount = RATE_IN_HUNDRED_THOUSANDTHS * units;
        return amount / 100_000 + "."
                + Integer.toString(100_000 + amount % 100_000).substring(1);
    }

    static String digits(String number) {
        return number.startsWith("+") ? number.substring(1) : number;
    }

    private static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }
}
