package io.heliograph.relay.care;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.relay.Relay;
import io.heliograph.relay.TestOutbox;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.Metrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.sql.Connection;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One-time codes after their time, and countries where nobody types them. */
class VerificationKeeperTest {
    private final Vertx vertx = Vertx.vertx();
    private final PrometheusMeterRegistry registry = Metrics.registry();
    private TestOutbox outbox;
    private Pool pool;
    private VerificationKeeper keeper;

    @BeforeEach
    void start() throws Exception {
        outbox = new TestOutbox();
        pool = Database.pool(vertx, Relay.forFewRowsOfABigTable(outbox.url()), 2);
        keeper = new VerificationKeeper(pool, new VerificationCare(50, 20), registry);
    }

    @AfterEach
    void stop() throws Exception {
        Void _ = pool.close().await(10, TimeUnit.SECONDS);
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
        outbox.close();
    }

    @Test
    void takes_the_secret_out_of_a_message_and_of_what_followed_it_once_the_code_is_worthless() throws Exception {
        outbox.execute("""
            WITH first AS (
              INSERT INTO message (id, account_id, status, channel, lane, on_unknown, segments, encoding, created_at, expires_at, recipient,
                                   body, secret, fallback)
              SELECT uuid_v7_now(), 1, 'queued', 'sms', 'critical', 'resend', 1, 'gsm7', now(), now(), '+15005550010', '****** is it', secret,
                     '[{"channel":"whatsapp","to":"+15005550010","text":"****** is it","segments":1,"encoding":"gsm7"}]'
              FROM unnest(ARRAY['111111', '222222']) AS secret
              RETURNING id, secret
            )
            INSERT INTO verification (id, account_id, status, code_length, recipient, channel, purpose, code_hash, created_at, expires_at,
                                      resend_at, message_ids, wording, clear_at)
            SELECT uuid_v7_now(), 1, 'pending', 6, '+15005550010', 'sms', 'login', '', now() - interval '10 minutes', now(), now(), ARRAY[id],
                   '{}', now() + CASE secret WHEN '111111' THEN interval '-1 second' ELSE interval '1 minute' END
            FROM first""");
        outbox.execute("UPDATE message SET status = 'failed', settled_at = now(), reason = 'unreachable'");
        assertThat(outbox.count("SELECT count(secret) FROM message")).isEqualTo(4);

        assertThat(keeper.forgetSecrets()).isEqualTo(1);
        assertThat(keeper.forgetSecrets()).isZero();

        assertThat(outbox.count("SELECT count(secret) FROM message")).isEqualTo(2);
        assertThat(outbox.count("SELECT count(*) FROM message WHERE secret = '222222'"))
                .isEqualTo(2);
    }

    @Test
    void forgets_counts_whose_windows_are_over() throws Exception {
        outbox.execute("""
            INSERT INTO verification_count (account_id, kind, key, used, ends_at, day_used, day_ends_at)
            SELECT 1, 'number', n::text, 1, now() - interval '1 hour', 1, now() + n * interval '1 hour' FROM generate_series(-3, 2) AS n""");

        assertThat(keeper.pruneCounts()).isEqualTo(4);

        assertThat(outbox.count("SELECT count(*) FROM verification_count")).isEqualTo(2);
    }

    @Test
    void does_not_wait_for_a_gateway_that_is_counting() throws Exception {
        outbox.execute(
                "INSERT INTO verification_count VALUES (1, 'number', '1', 1, now() - interval '1 hour', 1, now() - interval '1 hour')");

        try (Connection gateway = outbox.connect()) {
            gateway.setAutoCommit(false);
            gateway.createStatement().execute("SELECT FROM verification_count FOR UPDATE");
            assertThat(keeper.pruneCounts()).isZero();
        }
        assertThat(outbox.count("SELECT count(*) FROM verification_count")).isOne();
    }

    @Test
    void raises_an_alarm_once_an_hour_for_a_country_where_hardly_any_code_is_typed() throws Exception {
        outbox.execute(
                "INSERT INTO account (id, name) OVERRIDING SYSTEM VALUE VALUES (1, 'one') ON CONFLICT DO NOTHING");
        outbox.execute("INSERT INTO event_listening (account_id, until) VALUES (1, now() + interval '1 hour')");
        // A country that is well, one that is not, and one of which too little is known.
        verifications(10, "approved", "1", "now() - interval '2 hours'");
        verifications(40, "pending", "1", "now() - interval '2 hours'");
        verifications(9, "approved", "225", "now() - interval '2 hours'");
        verifications(40, "pending", "225", "now() - interval '2 hours'");
        verifications(1, "too_many_checks", "225", "now() - interval '2 hours'");
        verifications(49, "pending", "91", "now() - interval '2 hours'");

        assertThat(keeper.judge()).isOne();
        assertThat(keeper.judge()).isZero();

        assertThat(
                        outbox.count(
                                "SELECT count(*) FROM event WHERE type = 'verification.conversion_low' AND data ->> 'country' = '+225'"))
                .isOne();
        assertThat(registry.scrape()).contains("heliograph_verification_conversion_low 1.0");
        outbox.execute("UPDATE verification_alarm SET told_at = now() - interval '61 minutes'");
        // Those were told of already; it takes as many after them.
        assertThat(keeper.judge()).isZero();
        assertThat(registry.scrape()).contains("heliograph_verification_conversion_low 0.0");
        verifications(50, "pending", "225", "now() - interval '30 minutes'");
        assertThat(keeper.judge()).isOne();
    }

    @Test
    void does_not_judge_what_may_still_be_typed_or_was_canceled() throws Exception {
        verifications(60, "canceled", "225", "now() - interval '2 hours'");
        verifications(60, "pending", "225", "now() - interval '1 minute'");

        assertThat(keeper.judge()).isZero();
    }

    /** Good for ten minutes each. */
    private void verifications(int count, String status, String country, String createdAt) throws Exception {
        outbox.execute("""
            INSERT INTO verification (id, account_id, status, code_length, recipient, channel, purpose, country, code_hash, created_at,
                                      expires_at, resend_at, ended_at, message_ids, wording)
            SELECT (substr(uuid_v7_floor(created_at)::text, 1, 14) || substr(gen_random_uuid()::text, 15))::uuid, 1, {status}, 6,
                   '+15005550010', 'sms', 'login', {country}, '', created_at, created_at + interval '10 minutes', created_at,
                   CASE WHEN {status} <> 'pending' THEN now() END, '{}', '{}'
            FROM generate_series(1, {count}), LATERAL (SELECT {created_at} AS created_at) AS times""".replace("{status}", "'" + status + "'")
                .replace("{country}", "'" + country + "'")
                .replace("{count}", Integer.toString(count))
                .replace("{created_at}", createdAt));
    }
}
