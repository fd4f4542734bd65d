package io.heliograph.simulator.plivo;

import io.heliograph.simulator.http.Form;
import io.heliograph.simulator.ledger.Message;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/** Which detail records a list shows. Without a time it is those of a day, as Plivo has it; here that is all. */
record PlivoMessageFilter(
        @Nullable String to,
        @Nullable String from,
        @Nullable String state,
        @Nullable String errorCode,
        @Nullable String direction,
        long fromMillis,
        long untilMillis) {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm[:ss]")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .toFormatter();

    /** Throws {@link java.time.DateTimeException} when a time is none. */
    static PlivoMessageFilter read(Form query) {
        long exact = time(query.given("message_time"), Long.MIN_VALUE);
        long since = Math.max(
                time(query.given("message_time__gte"), Long.MIN_VALUE),
                time(query.given("message_time__gt"), Long.MIN_VALUE));
        long until = Math.min(
                time(query.given("message_time__lte"), Long.MAX_VALUE),
                time(query.given("message_time__lt"), Long.MAX_VALUE));
        String to = query.given("to_number");
        return new PlivoMessageFilter(
                to == null ? null : '+' + PlivoMessageJson.digits(to),
                query.given("from_number"),
                query.given("message_state"),
                query.given("error_code"),
                query.given("message_direction"),
                exact == Long.MIN_VALUE ? since : exact,
                exact == Long.MIN_VALUE ? until : exact);
    }

    boolean matches(Message message) {
        Message.State is = message.state();
        String sender =
                message.content().from() == null ? "" : message.content().from();
        return (to == null || to.equals(message.content().to()))
                && (from == null || isSame(from, sender))
                && (state == null || state.equals(PlivoMessageJson.state(is.status())))
                && (errorCode == null || errorCode.equals(PlivoMessageJson.errorCode(is)))
                && (direction == null || direction.equals("outbound"))
                && message.createdAt() >= fromMillis
                && message.createdAt() <= untilMillis;
    }

    private static boolean isSame(String one, @Nullable String other) {
        return other != null && PlivoMessageJson.digits(one).equals(PlivoMessageJson.digits(other));
    }

    private static long time(@Nullable String text, long fallback) {
        return text == null
                ? fallback
                : LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
