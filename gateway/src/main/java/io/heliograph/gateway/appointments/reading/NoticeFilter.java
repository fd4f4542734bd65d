package io.heliograph.gateway.appointments.reading;

import io.heliograph.contract.MessageStatus;
import io.heliograph.gateway.appointments.visits.BookingId;
import io.heliograph.gateway.appointments.visits.NoticeKind;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.runtime.Ids;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which notices to list, the newest first. Ids are bounds: {@code before} is outside, {@code from} inside. */
record NoticeFilter(
        UUID before,
        UUID from,
        @Nullable String bookingId,
        @Nullable String phone,
        @Nullable String providerMessageId,
        @Nullable String kind,
        @Nullable String status,
        int limit) {
    static final String SKIPPED = "skipped";
    private static final int TEXT_LENGTH_MAX = 200;
    private static final int LIMIT_DEFAULT = 50;
    private static final int LIMIT_MAX = 200;
    private static final List<String> STATUSES = Stream.concat(
                    Arrays.stream(MessageStatus.values()).map(MessageStatus::word), Stream.of(SKIPPED))
            .toList();

    /** Throws the problem of a query that is not one, with all its mistakes. */
    static NoticeFilter read(MultiMap parameters, Recipients recipients) {
        QueryFields query = new QueryFields(parameters);
        UUID before = floor(query.time("created_before"), Ids.LAST);
        UUID cursor = query.cursor("cursor");
        NoticeFilter filter = new NoticeFilter(
                cursor == null || Ids.ORDER.compare(before, cursor) < 0 ? before : cursor,
                floor(query.time("created_after"), Ids.FIRST),
                bookingId(query),
                AppointmentFilter.phone(query, "phone", recipients),
                query.text("provider_message_id", TEXT_LENGTH_MAX),
                query.oneOf("kind", NoticeKind.WORDS),
                query.oneOf("status", STATUSES),
                query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX));
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return filter;
    }

    /** How much is asked for that leads to few of them. */
    int keys() {
        return (int) Stream.of(bookingId, phone, providerMessageId)
                .filter(Objects::nonNull)
                .count();
    }

    private static @Nullable String bookingId(QueryFields query) {
        String text = query.text("booking_id", TEXT_LENGTH_MAX);
        String id = text == null ? null : BookingId.read(text);
        if (text != null && id == null) {
            query.mistake("booking_id", ProblemCode.NOT_ALLOWED, "booking_id is APT and ten letters or digits.");
        }
        return id;
    }

    /** The smallest id of that moment. */
    private static UUID floor(@Nullable Instant time, UUID otherwise) {
        return time == null ? otherwise : Ids.floor(time);
    }
}
