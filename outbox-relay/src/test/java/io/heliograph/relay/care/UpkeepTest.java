package io.heliograph.relay.care;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.relay.Relay;
import io.heliograph.relay.TestOutbox;
import io.heliograph.runtime.Database;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.sql.Connection;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partitions to come, and people whose places have gone. */
class UpkeepTest {
    private static final String PARTITIONS = "SELECT count(*) FROM pg_inherits WHERE inhparent = 'message'::regclass";

    private final Vertx vertx = Vertx.vertx();
    private TestOutbox outbox;
    private Pool pool;

    @BeforeEach
    void start() throws Exception {
        outbox = new TestOutbox();
        pool = Database.pool(vertx, Relay.forFewRowsOfABigTable(outbox.url()), 2);
    }

    @AfterEach
    void stop() throws Exception {
        Void _ = pool.close().await(10, TimeUnit.SECONDS);
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
        outbox.close();
    }

    @Test
    void makes_the_partitions_that_are_missing() throws Exception {
        long before = outbox.count(PARTITIONS);
        dropPartitionsOfDay(3);
        PartitionMaker maker = new PartitionMaker(pool);

        assertThat(maker.runOnce()).isEqualTo(1);
        assertThat(maker.runOnce()).isZero();
        assertThat(outbox.count(PARTITIONS)).isEqualTo(before);
    }

    @Test
    void makes_the_other_partitions_when_the_messages_of_one_day_lie_elsewhere() throws Exception {
        for (int day = 1; day <= 3; day++) {
            dropPartitionsOfDay(day);
        }
        outbox.execute("INSERT INTO message (id, account_id, status, channel, lane, on_unknown, segments, encoding,"
                + " created_at, expires_at, recipient, body) VALUES (uuid_v7_floor(now() + interval '2 days'), 1, 'queued',"
                + " 'sms', 'normal', 'fail', 1, 'gsm7', now(), now(), '+15005550010', 'Hello')");

        assertThat(new PartitionMaker(pool).runOnce()).isEqualTo(2);
    }

    @Test
    void keeps_events_for_so_many_days() throws Exception {
        outbox.execute(
                "CREATE TABLE event_20200101 PARTITION OF event FOR VALUES FROM (uuid_v7_floor('2020-01-01 00:00Z'))"
                        + " TO (uuid_v7_floor('2020-01-02 00:00Z'))");
        outbox.execute("DROP TABLE event_"
                + outbox.count("SELECT to_char((now() AT TIME ZONE 'UTC')::date + 2, 'YYYYMMDD')::int"));
        EventKeeper keeper = new EventKeeper(pool);

        assertThat(keeper.keepPartitions()).isEqualTo(1);

        assertThat(outbox.count("SELECT count(to_regclass('event_20200101'))")).isZero();
    }

    @Test
    void notices_a_restore_once() throws Exception {
        EventKeeper keeper = new EventKeeper(pool);
        assertThat(keeper.keepEra()).isZero();

        outbox.execute("UPDATE event_era SET cluster = 1");

        assertThat(keeper.keepEra()).isEqualTo(1);
        assertThat(keeper.keepEra()).isZero();
    }

    @Test
    void gives_up_soon_while_somebody_reads_for_long() throws Exception {
        dropPartitionsOfDay(3);
        SqlConnection reader = pool.getConnection().await(10, TimeUnit.SECONDS);
        Transaction reading = reader.begin().await(10, TimeUnit.SECONDS);
        var _ = reader.query("LOCK TABLE message IN ACCESS SHARE MODE")
                .execute()
                .await(10, TimeUnit.SECONDS);

        assertThatThrownBy(() -> new PartitionMaker(pool).runOnce()).hasMessageContaining("lock timeout");
        Void _ = reading.commit().await(10, TimeUnit.SECONDS);
        Void _ = reader.close().await(10, TimeUnit.SECONDS);
        assertThat(new PartitionMaker(pool).runOnce()).isEqualTo(1);
    }

    @Test
    void forgets_when_a_person_was_written_to_once_it_says_nothing_any_more() throws Exception {
        outbox.execute("""
                INSERT INTO recipient_place (person, taken_at, granted, worthless_at)
                SELECT gen_random_uuid(), ARRAY[now()], 1, now() + n * interval '1 minute' FROM generate_series(-9, 5) AS n""");

        assertThat(new RecipientPlacePruner(pool).runOnce()).isEqualTo(9 + 1);

        assertThat(outbox.count("SELECT count(*) FROM recipient_place")).isEqualTo(5);
    }

    @Test
    void does_not_wait_for_a_worker_that_is_writing_to_a_person_again() throws Exception {
        outbox.execute("INSERT INTO recipient_place VALUES (gen_random_uuid(), '{}', 0, now() - interval '1 hour')");
        RecipientPlacePruner pruner = new RecipientPlacePruner(pool);

        try (Connection worker = outbox.connect()) {
            worker.setAutoCommit(false);
            worker.createStatement().execute("SELECT FROM recipient_place FOR NO KEY UPDATE");
            assertThat(pruner.runOnce()).isZero();
        }
        assertThat(outbox.count("SELECT count(*) FROM recipient_place")).isEqualTo(1);
    }

    private void dropPartitionsOfDay(int ahead) throws Exception {
        String day = "to_char(now() AT TIME ZONE 'UTC' + interval '" + ahead + " days', 'YYYYMMDD')";
        outbox.execute(
                "DO $$ BEGIN EXECUTE 'DROP TABLE message_' || " + day + " || ', attempt_' || " + day + "; END $$");
    }
}
