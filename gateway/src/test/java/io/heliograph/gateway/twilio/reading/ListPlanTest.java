package io.heliograph.gateway.twilio.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.IndexedPlans;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page of a large account reads no more than it may look at, whatever it is filtered by. Counted by PostgreSQL itself. */
class ListPlanTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final DatabaseUrl URL = TestDatabase.fresh();
    private static final Recipients RECIPIENTS = new Recipients("US");
    private static final long ACCOUNT = 7;
    private static final int LOOK_MAX = 1_000;
    /** After five, PostgreSQL may plan once for all that come. */
    private static final int TIMES = 8;

    /** One a second until noon of 1 November 2026, nearly all from one number to many; the first ten are between two others, and were sent. */
    @BeforeAll
    static void messages() throws SQLException {
        execute(
                "INSERT INTO message (id, account_id, status, channel, lane, on_unknown, segments, encoding, created_at, expires_at,"
                        + " settled_at, recipient, body, sender, sent_at)"
                        + " SELECT overlay(uuid_v7_floor(at)::text PLACING lpad(n::text, 12, '0') FROM 25)::uuid, "
                        + ACCOUNT
                        + ", 'failed', 'sms', 'normal', 'fail', 1, 'gsm7', at, at + interval '1 day', at,"
                        + " CASE WHEN n <= 10 THEN '+15005550010' ELSE '+1500555' || 1000 + n % 1000 END, repeat('Hello ', 20),"
                        + " CASE WHEN n <= 10 THEN '+15005550007' ELSE '+15005550006' END, CASE WHEN n <= 10 THEN at END"
                        + " FROM (SELECT n, '2026-11-01T12:00:00Z'::timestamptz - (40000 - n) * interval '1 s' AS at"
                        + "       FROM generate_series(1, 40000) n) times");
        execute("ANALYZE message");
    }

    @AfterAll
    static void close() throws Exception {
        Void _ = VERTX.close().await(5, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                             | 51",
                "To=+15005551004                              | 39",
                "From=+15005550006                            | 51",
                "From=+15005550007                            | 10",
                "To=+15005550010                              | 10",
                "To=+15005550010 From=+15005550007            | 10",
                "To=+15005551004 From=+15005550007            | 0",
                "DateSent=2026-11-01                          | 0",
                "DateSent<=2026-11-01                         | 0",
                "DateSent>=2026-11-01                         | 0",
                "DateSent<=2026-11-01T00:53:25                | 5",
                "From=+15005550006 DateSent=2026-11-01        | 0",
                "From=+15005550007 DateSent<=2026-11-01       | 10",
                "To=+15005550010 DateSent>=2026-11-01         | 10",
            })
    void reads_what_it_may_look_at_and_no_more(@Nullable String filters, int found) throws Exception {
        long before = read();

        Look look = list(Objects.requireNonNullElse(filters, ""));

        assertThat(look.found()).hasSize(found);
        // For what matches, and for where that ended; and a few to find the way.
        assertThat((read() - before) / TIMES).isLessThan(2 * LOOK_MAX + 100);
    }

    /** Sessions report what they did when they end. */
    private static Look list(String filters) throws Exception {
        MultiMap query = MultiMap.caseInsensitiveMultiMap();
        for (String filter : filters.split(" ", -1)) {
            String[] nameAndValue = filter.split("=", 2);
            if (nameAndValue.length == 2) {
                query.add(nameAndValue[0], nameAndValue[1]);
            }
        }
        PageRequest page = PageRequest.read(query);
        MessageFilter filter = MessageFilter.read(query, RECIPIENTS);
        Pool pool = Database.pool(VERTX, IndexedPlans.inOrder(URL.connectOptions("test")), 1);
        BothWays messages = new BothWays(new TwilioMessageStore(pool), pool, LOOK_MAX);
        Look look = messages.list(ACCOUNT, filter, page, page.size() + 1).await(5, TimeUnit.SECONDS);
        for (int i = 1; i < TIMES; i++) {
            look = messages.list(ACCOUNT, filter, page, page.size() + 1).await(5, TimeUnit.SECONDS);
        }
        Void _ = pool.close().await(5, TimeUnit.SECONDS);
        await().until(() -> number("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE '%test'") == 0);
        return look;
    }

    /** Rows that were read of tables and of indexes, by all sessions that have ended. */
    private static long read() throws SQLException {
        return number("SELECT (SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE relname LIKE 'message%')"
                + " + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname LIKE 'message%')");
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = TestDatabase.connect(URL);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            boolean _ = rows.next();
            return rows.getLong(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = TestDatabase.connect(URL);
                Statement statement = connection.createStatement()) {
            boolean _ = statement.execute(sql);
        }
    }
}
