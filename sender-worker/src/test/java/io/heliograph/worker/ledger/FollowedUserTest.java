package io.heliograph.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.worker.testing.Followers;
import io.heliograph.worker.testing.LedgerBench;
import io.heliograph.worker.testing.Verdicts;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows a message that tells a user of something tells the same user of the same. */
class FollowedUserTest {
    private static final String WHATSAPP = """
        {"channel": "whatsapp", "to": "+15005550010", "text": "By WhatsApp", "segments": 1, "encoding": "gsm7",
         "valid_for_ms": 60000}""";

    private final LedgerBench bench = new LedgerBench();
    private final Followers line = new Followers(bench);

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void it_belongs_to_the_same_notification() throws Exception {
        UUID next = followerOfWhatAnnIsTold();

        assertThat(bench.messages.text(
                        "SELECT concat_ws(' ', m.channel, m.user_id, m.notification_type, m.variant, m.purpose,"
                                + " m.notification_id = f.notification_id) FROM message m JOIN message f ON f.id = m.fallback_of"
                                + " WHERE m.id = '" + next + "'"))
                .isEqualTo("whatsapp ann order_delivered b transactional t");
    }

    @ParameterizedTest
    @CsvSource({"whatsapp, transactional, false", "whatsapp, promotional, true", "sms, transactional, true"})
    void a_withdrawal_stops_it_at_the_claim(String channel, String purpose, boolean goes) throws Exception {
        UUID next = followerOfWhatAnnIsTold();
        bench.messages.execute(
                "INSERT INTO consent (account_id, user_id, occurred_at, channel, purpose, change, recorded_by, source)"
                        + " VALUES (1, 'ann', now(), ?, ?, 'withdraw', 'account', 'test')",
                channel,
                purpose);

        line.publishAt(next, "twilio");

        assertThat(bench.claim(next).toSend()).hasSize(goes ? 1 : 0);
        assertThat(bench.messages.status(next)).isEqualTo(goes ? "sending" : "refused");
    }

    private UUID followerOfWhatAnnIsTold() throws Exception {
        UUID first = bench.messages
                .queued()
                .with("fallback", "'[" + WHATSAPP + "]'")
                .with("notification_id", "gen_random_uuid()")
                .with("user_id", "'ann'")
                .with("notification_type", "'order_delivered'")
                .with("variant", "'b'")
                .with("purpose", "'transactional'")
                .insert();
        int _ = bench.record(Verdicts.refused(line.claimed(first), "21211"));
        return line.follower(first);
    }
}
