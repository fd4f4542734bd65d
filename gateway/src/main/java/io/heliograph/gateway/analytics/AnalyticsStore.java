package io.heliograph.gateway.analytics;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads the sums: a page of groups, what all of them come to, and until when messages are counted, in one snapshot. */
final class AnalyticsStore {
    // What is not told apart is '' in all rows. $4 time zone, $5 and $6 period and its form, $7 dimensions, $8 to $13
    // filters, $14 the keys of the group before the page.
    private static final String READ = """
        WITH part AS MATERIALIZED (
          SELECT CASE WHEN $5::text IS NULL THEN '' ELSE to_char(date_trunc($5, slot AT TIME ZONE $4::text), $6) END AS period,
                 CASE WHEN 'channel' = ANY ($7::text[]) THEN channel ELSE '' END AS channel,
                 CASE WHEN 'type' = ANY ($7) THEN type ELSE '' END AS type,
                 CASE WHEN 'provider' = ANY ($7) THEN provider ELSE '' END AS provider,
                 CASE WHEN 'country' = ANY ($7) THEN country ELSE '' END AS country,
                 CASE WHEN 'variant' = ANY ($7) THEN variant ELSE '' END AS variant,
                 CASE WHEN 'reason' = ANY ($7) THEN reason ELSE '' END AS reason,
                 currency, sum(accepted) AS accepted, sum(reached) AS reached, sum(segments) AS segments, sum(cost) AS cost,
                 sum(sent) AS sent, sum(delivered) AS delivered, sum(read) AS read, sum(undelivered) AS undelivered,
                 sum(failed) AS failed, sum(expired) AS expired, sum(refused) AS refused, sum(canceled) AS canceled
          FROM analytics
          WHERE account_id = $1 AND slot >= $2 AND slot < $3
            AND ($8::text[] IS NULL OR channel = ANY ($8)) AND ($9::text[] IS NULL OR type = ANY ($9))
            AND ($10::text[] IS NULL OR provider = ANY ($10)) AND ($11::text[] IS NULL OR country = ANY ($11))
            AND ($12::text[] IS NULL OR variant = ANY ($12)) AND ($13::text[] IS NULL OR reason = ANY ($13))
          GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        ), summed AS (
          SELECT period, channel, type, provider, country, variant, reason, sum(accepted) AS accepted, sum(reached) AS reached,
                 coalesce(sum(reached) FILTER (WHERE currency = ''), 0) AS unpriced, sum(segments) AS segments, sum(sent) AS sent,
                 sum(delivered) AS delivered, sum(read) AS read, sum(undelivered) AS undelivered, sum(failed) AS failed,
                 sum(expired) AS expired, sum(refused) AS refused, sum(canceled) AS canceled,
                 jsonb_object_agg(currency, trim_scale(cost)::text) FILTER (WHERE currency <> '') AS cost
          FROM part
          GROUP BY period, channel, type, provider, country, variant, reason
        ), page AS (
          SELECT * FROM summed
          WHERE accepted > 0
            AND ($14::text[] IS NULL OR ARRAY[period, channel, type, provider, country, variant, reason] > $14)
          ORDER BY ARRAY[period, channel, type, provider, country, variant, reason]
          LIMIT $15
        )
        SELECT 'total' AS part, NULL AS period, NULL AS channel, NULL AS type, NULL AS provider, NULL AS country, NULL AS variant,
               NULL AS reason, sum(accepted)::bigint AS accepted, sum(reached)::bigint AS reached, sum(unpriced)::bigint AS unpriced,
               sum(segments)::bigint AS segments, sum(sent)::bigint AS sent, sum(delivered)::bigint AS delivered,
               sum(read)::bigint AS read, sum(undelivered)::bigint AS undelivered, sum(failed)::bigint AS failed,
               sum(expired)::bigint AS expired, sum(refused)::bigint AS refused, sum(canceled)::bigint AS canceled,
               (SELECT jsonb_object_agg(currency, trim_scale(cost)::text)
                FROM (SELECT currency, sum(cost) AS cost FROM part WHERE currency <> '' GROUP BY currency) AS by_currency) AS cost,
               (SELECT analytics_as_of()) AS as_of
        FROM summed
        UNION ALL
        SELECT 'group', period, channel, type, provider, country, variant, reason, accepted::bigint, reached::bigint,
               unpriced::bigint, segments::bigint, sent::bigint, delivered::bigint, read::bigint, undelivered::bigint, failed::bigint,
               expired::bigint, refused::bigint, canceled::bigint, cost, NULL
        FROM page""";

    private final Pool pool;

    AnalyticsStore(Pool pool) {
        this.pool = pool;
    }

    /** The total, and then one group more than the page has, if there are so many. */
    Future<List<Row>> read(long accountId, AnalyticsAsked asked) {
        Span span = asked.span();
        Period period = asked.period();
        GroupCursor after = asked.after();
        Tuple parameters = Tuple.of(
                        accountId,
                        span.from().atOffset(ZoneOffset.UTC),
                        span.to().atOffset(ZoneOffset.UTC),
                        span.zone().equals(ZoneOffset.UTC) ? "UTC" : span.zone().getId(),
                        period == null ? null : period.word())
                .addString(period == null ? null : period.form())
                .addArrayOfString(
                        asked.dimensions().stream().map(Dimension::word).toArray(String[]::new));
        for (Dimension dimension : Dimension.values()) {
            List<String> values = asked.filters().get(dimension);
            parameters.addArrayOfString(values == null ? null : values.toArray(String[]::new));
        }
        parameters
                .addArrayOfString(after == null ? null : after.keys().toArray(String[]::new))
                .addInteger(asked.limit() + 1);
        return pool.preparedQuery(READ).execute(parameters).map(AnalyticsStore::list);
    }

    private static List<Row> list(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }
}
