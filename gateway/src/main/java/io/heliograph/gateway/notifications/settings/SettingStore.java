package io.heliograph.gateway.notifications.settings;

import io.heliograph.gateway.notifications.hours.QuietHours;
import io.heliograph.gateway.notifications.settings.Settings.Cap;
import io.heliograph.gateway.notifications.settings.Settings.Digest;
import io.heliograph.gateway.notifications.settings.Settings.Quiet;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The settings of accounts: one row of each, and its rules. */
final class SettingStore {
    // Null for the settings of all accounts.
    private static final String READ = """
        SELECT s.*, q.*, c.*, d.*
        FROM account_setting s,
        LATERAL (SELECT array_agg(category ORDER BY category, country) AS quiet_category,
                        array_agg(country ORDER BY category, country) AS quiet_country,
                        array_agg(from_time ORDER BY category, country) AS quiet_from,
                        array_agg(to_time ORDER BY category, country) AS quiet_to
                 FROM quiet_hours WHERE account_id = s.account_id) q,
        LATERAL (SELECT array_agg(category ORDER BY category) AS cap_category,
                        array_agg(daily ORDER BY category) AS cap_daily, array_agg(monthly ORDER BY category) AS cap_monthly
                 FROM cap WHERE account_id = s.account_id) c,
        LATERAL (SELECT array_agg(type ORDER BY type) AS digest_type, array_agg(window_ms ORDER BY type) AS digest_window_ms
                 FROM digest_window WHERE account_id = s.account_id) d
        WHERE $1::bigint IS NULL OR s.account_id = $1""";

    // Its lock keeps two changes apart.
    private static final String LOCK = """
        INSERT INTO account_setting (account_id, updated_at) VALUES ($1, now())
        ON CONFLICT (account_id) DO UPDATE SET updated_at = now()""";

    private static final String WRITE = """
        UPDATE account_setting
        SET locale = $2, time_zone = $3, promotional_hours_off = $4, codes_per_number_hour = $5, codes_per_number_day = $6,
            codes_per_prefix_hour = $7, codes_per_client_ip_hour = $8, codes_per_account_minute = $9, inbox_days = $10
        WHERE account_id = $1""";

    private static final String WRITE_RETENTION = """
        UPDATE account_setting
        SET messages_days = k[1], message_content_days = k[2], callbacks_days = k[3], inbound_days = k[4], notifications_days = k[5],
            events_days = k[6], verifications_days = k[7], idempotency_days = k[8],
            appointments_days = k[9]
        FROM (SELECT $2::int[] AS k) told
        WHERE account_id = $1""";

    /** In whole days, of which a part counts as one. */
    private static final String IN_FORCE = """
        SELECT d.kind, ceil(extract(epoch FROM d.kept) / 86400)::int AS days
        FROM retention r CROSS JOIN LATERAL (VALUES
          ('messages', r.messages), ('message_content', r.message_content), ('callbacks', r.callbacks), ('inbound', r.inbound),
          ('notifications', r.notifications), ('events', r.events), ('verifications', r.verifications), ('idempotency', r.idempotency),
          ('appointments', r.appointments)
        ) AS d (kind, kept)
        WHERE r.account_id = $1""";

    private static final String NO_QUIET_HOURS = "DELETE FROM quiet_hours WHERE account_id = $1";
    private static final String NO_CAPS = "DELETE FROM cap WHERE account_id = $1";
    private static final String NO_DIGESTS = "DELETE FROM digest_window WHERE account_id = $1";

    private static final String WRITE_QUIET_HOURS = """
        INSERT INTO quiet_hours (account_id, category, country, from_time, to_time)
        SELECT $1::bigint, * FROM unnest($2::text[], $3::text[], $4::time[], $5::time[])""";

    private static final String WRITE_CAPS = """
        INSERT INTO cap (account_id, category, daily, monthly)
        SELECT $1::bigint, * FROM unnest($2::text[], $3::int[], $4::int[])""";

    private static final String WRITE_DIGESTS = """
        INSERT INTO digest_window (account_id, type, window_ms) SELECT $1::bigint, * FROM unnest($2::text[], $3::bigint[])""";

    private final Pool pool;

    SettingStore(Pool pool) {
        this.pool = pool;
    }

    Future<Map<Long, Settings>> all() {
        return read(pool, null);
    }

    Future<Settings> get(long accountId) {
        return read(pool, accountId).map(found -> found.getOrDefault(accountId, Settings.NONE));
    }

    /** How many days hold, by kind. */
    Future<Map<String, Integer>> retention(long accountId) {
        return pool.preparedQuery(IN_FORCE).execute(Tuple.of(accountId)).map(rows -> {
            Map<String, Integer> days = HashMap.newHashMap(rows.size());
            rows.forEach(row -> days.put(row.getString("kind"), row.getInteger("days")));
            return days;
        });
    }

    /** As a whole, or not at all. */
    Future<Settings> change(long accountId, UnaryOperator<Settings> change) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(accountId))
                .compose(locked -> read(connection, accountId))
                .map(found -> change.apply(found.getOrDefault(accountId, Settings.NONE)))
                .compose(changed -> write(connection, accountId, changed).map(changed)));
    }

    private static Future<Void> write(SqlConnection connection, long accountId, Settings settings) {
        return execute(connection, WRITE, row(accountId, settings))
                .compose(done -> execute(
                        connection,
                        WRITE_RETENTION,
                        Tuple.of(accountId)
                                .addArrayOfInteger(
                                        settings.retention().inOrder().toArray(Integer[]::new))))
                .compose(done -> execute(connection, NO_QUIET_HOURS, Tuple.of(accountId)))
                .compose(done -> execute(connection, WRITE_QUIET_HOURS, quietHours(accountId, settings.quietHours())))
                .compose(done -> execute(connection, NO_CAPS, Tuple.of(accountId)))
                .compose(done -> execute(connection, WRITE_CAPS, caps(accountId, settings.caps())))
                .compose(done -> execute(connection, NO_DIGESTS, Tuple.of(accountId)))
                .compose(done -> execute(connection, WRITE_DIGESTS, digests(accountId, settings.digests())));
    }

    private static Tuple row(long accountId, Settings settings) {
        CodeLimits codes = settings.codeLimits();
        return Tuple.of(accountId, settings.locale(), settings.timeZone(), (Object)
                        settings.promotionalHoursOff().toArray(String[]::new))
                .addInteger(codes.perNumberHour())
                .addInteger(codes.perNumberDay())
                .addInteger(codes.perPrefixHour())
                .addInteger(codes.perClientIpHour())
                .addInteger(codes.perAccountMinute())
                .addInteger(settings.daysInInbox());
    }

    private static Future<Void> execute(SqlClient client, String sql, Tuple parameters) {
        return client.preparedQuery(sql).execute(parameters).mapEmpty();
    }

    private static Tuple quietHours(long accountId, List<Quiet> rules) {
        Function<Function<QuietHours, LocalTime>, LocalTime[]> times = end -> rules.stream()
                .map(rule -> rule.hours() == null ? null : end.apply(rule.hours()))
                .toArray(LocalTime[]::new);
        return Tuple.of(accountId)
                .addArrayOfString(texts(rules, Quiet::category))
                .addArrayOfString(texts(rules, Quiet::country))
                .addArrayOfLocalTime(times.apply(QuietHours::from))
                .addArrayOfLocalTime(times.apply(QuietHours::to));
    }

    private static Tuple caps(long accountId, List<Cap> caps) {
        return Tuple.of(accountId)
                .addArrayOfString(texts(caps, Cap::category))
                .addArrayOfInteger(caps.stream().map(Cap::daily).toArray(Integer[]::new))
                .addArrayOfInteger(caps.stream().map(Cap::monthly).toArray(Integer[]::new));
    }

    private static Tuple digests(long accountId, List<Digest> digests) {
        return Tuple.of(accountId)
                .addArrayOfString(texts(digests, Digest::type))
                .addArrayOfLong(digests.stream()
                        .map(digest -> digest.window().toMillis())
                        .toArray(Long[]::new));
    }

    private static <T> String[] texts(Collection<T> rules, Function<T, String> text) {
        return rules.stream().map(text).toArray(String[]::new);
    }

    private static Future<Map<Long, Settings>> read(SqlClient client, @Nullable Long accountId) {
        return client.preparedQuery(READ).execute(Tuple.of(accountId)).map(rows -> {
            Map<Long, Settings> found = HashMap.newHashMap(rows.size());
            rows.forEach(row -> found.put(row.getLong("account_id"), settings(row)));
            return found;
        });
    }

    private static Settings settings(Row row) {
        return new Settings(
                row.getString("locale"),
                row.getString("time_zone"),
                quietHours(row),
                caps(row),
                digests(row),
                Set.copyOf(Arrays.asList(row.getArrayOfStrings("promotional_hours_off"))),
                new CodeLimits(
                        row.getInteger("codes_per_number_hour"),
                        row.getInteger("codes_per_number_day"),
                        row.getInteger("codes_per_prefix_hour"),
                        row.getInteger("codes_per_client_ip_hour"),
                        row.getInteger("codes_per_account_minute")),
                row.getInteger("inbox_days"),
                Retention.of(row::getInteger));
    }

    private static List<Quiet> quietHours(Row row) {
        String[] categories = row.getArrayOfStrings("quiet_category");
        List<Quiet> rules = new ArrayList<>();
        for (int i = 0; categories != null && i < categories.length; i++) {
            LocalTime from = row.getArrayOfLocalTimes("quiet_from")[i];
            LocalTime to = row.getArrayOfLocalTimes("quiet_to")[i];
            rules.add(new Quiet(
                    categories[i],
                    row.getArrayOfStrings("quiet_country")[i],
                    from == null ? null : new QuietHours(from, to)));
        }
        return rules;
    }

    private static List<Cap> caps(Row row) {
        String[] categories = row.getArrayOfStrings("cap_category");
        List<Cap> caps = new ArrayList<>();
        for (int i = 0; categories != null && i < categories.length; i++) {
            caps.add(new Cap(
                    categories[i], row.getArrayOfIntegers("cap_daily")[i], row.getArrayOfIntegers("cap_monthly")[i]));
        }
        return caps;
    }

    private static List<Digest> digests(Row row) {
        String[] types = row.getArrayOfStrings("digest_type");
        List<Digest> digests = new ArrayList<>();
        for (int i = 0; types != null && i < types.length; i++) {
            digests.add(new Digest(types[i], Duration.ofMillis(row.getArrayOfLongs("digest_window_ms")[i])));
        }
        return digests;
    }
}
