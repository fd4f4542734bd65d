package io.heliograph.gateway.messages.history;

import io.heliograph.contract.Channel;
import io.heliograph.contract.MessageStatus;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.runtime.Ids;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What of a user's messages to list. Ids are bounds: {@code before} is outside, {@code from} inside. */
record HistoryFilter(
        UUID before,
        UUID from,
        @Nullable String direction,
        @Nullable String channel,
        @Nullable String status,
        @Nullable String type,
        int limit) {
    static final int LIMIT_MAX = 200;
    static final String OUTBOUND = "outbound";
    static final String INBOUND = "inbound";
    private static final int LIMIT_DEFAULT = 50;
    private static final int TYPE_LENGTH_MAX = 100;
    private static final List<String> STATUSES =
            Arrays.stream(MessageStatus.values()).map(MessageStatus::word).toList();

    /** Throws the problem of a query that is not one, with all its mistakes. */
    static HistoryFilter read(MultiMap parameters) {
        QueryFields query = new QueryFields(parameters);
        UUID createdBefore = floor(query.time("created_before"), Ids.LAST);
        UUID cursor = query.cursor("cursor");
        HistoryFilter filter = new HistoryFilter(
                cursor == null || Ids.ORDER.compare(createdBefore, cursor) < 0 ? createdBefore : cursor,
                floor(query.time("created_after"), Ids.FIRST),
                query.oneOf("direction", List.of(OUTBOUND, INBOUND)),
                query.oneOf("channel", Channel.WORDS),
                query.oneOf("status", STATUSES),
                query.text("type", TYPE_LENGTH_MAX),
                query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX));
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return filter;
    }

    boolean wantsOutbound() {
        return !INBOUND.equals(direction);
    }

    /** What a person wrote has neither status nor type. */
    boolean wantsInbound() {
        return !OUTBOUND.equals(direction) && status == null && type == null;
    }

    private static UUID floor(@Nullable Instant time, UUID otherwise) {
        return time == null ? otherwise : Ids.floor(time);
    }
}
