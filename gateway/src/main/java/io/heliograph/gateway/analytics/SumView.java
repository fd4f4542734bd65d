package io.heliograph.gateway.analytics;

import io.heliograph.contract.Reason;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sums of one group, or of all of them, as they are answered. */
final class SumView {
    private static final int RATE_DIGITS = 4;

    private SumView() {}

    static JsonObject group(Row row, AnalyticsAsked asked) {
        JsonObject group = new JsonObject();
        if (asked.period() != null) {
            group.put(asked.period().word(), row.getString("period"));
        }
        asked.dimensions().forEach(dimension -> group.put(dimension.word(), named(row.getString(dimension.word()))));
        if (asked.dimensions().contains(Dimension.REASON)) {
            group.put("cause", cause(row.getString("reason")));
        }
        return group.mergeIn(sums(row));
    }

    /** What a person asks for: delivered counts those that were read as well, and sent all that a provider took. */
    static JsonObject sums(Row row) {
        long accepted = count(row, "accepted");
        long reached = count(row, "reached");
        long read = count(row, "read");
        long delivered = count(row, "delivered") + read;
        long elsewhere = Stream.of("sent", "undelivered", "failed", "expired", "refused", "canceled")
                .mapToLong(name -> count(row, name))
                .sum();
        return new JsonObject()
                .put("accepted", accepted)
                .put("pending", accepted - delivered - elsewhere)
                .put("sent", reached)
                .put("unconfirmed", count(row, "sent"))
                .put("delivered", delivered)
                .put("read", read)
                .put("undelivered", count(row, "undelivered"))
                .put("failed", count(row, "failed"))
                .put("expired", count(row, "expired"))
                .put("refused", count(row, "refused"))
                .put("canceled", count(row, "canceled"))
                .put("segments", count(row, "segments"))
                .put("delivery_rate", rate(delivered, reached))
                .put("read_rate", rate(read, delivered))
                .put("cost", cost(row.getJsonObject("cost")))
                .put("unpriced", count(row, "unpriced"));
    }

    static GroupCursor cursor(Row row) {
        return new GroupCursor(Stream.concat(
                        Stream.of("period"), Arrays.stream(Dimension.values()).map(Dimension::word))
                .map(row::getString)
                .toList());
    }

    private static JsonArray cost(@Nullable JsonObject byCurrency) {
        JsonArray cost = new JsonArray();
        if (byCurrency != null) {
            new TreeMap<>(byCurrency.getMap())
                    .forEach((currency, amount) ->
                            cost.add(new JsonObject().put("currency", currency).put("amount", amount)));
        }
        return cost;
    }

    /** Null where there is nothing of which it could be a part. */
    private static @Nullable BigDecimal rate(long part, long whole) {
        return whole == 0
                ? null
                : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), RATE_DIGITS, RoundingMode.HALF_UP);
    }

    private static @Nullable String cause(String reason) {
        for (Reason known : Reason.values()) {
            if (known.code().equals(reason)) {
                return known.cause().word();
            }
        }
        return null;
    }

    private static @Nullable String named(String value) {
        return value.isEmpty() ? null : value;
    }

    /** Of no group at all the sums are null. */
    private static long count(Row row, String name) {
        Long count = row.getLong(name);
        return count == null ? 0 : count;
    }
}
