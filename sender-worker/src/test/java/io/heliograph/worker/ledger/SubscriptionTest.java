package io.heliograph.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Lane;
import io.heliograph.contract.MessageStatus;
import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.testing.LedgerBench;
import io.heliograph.worker.testing.Messages;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A message names a browser; what it takes to reach it is brought by the claim alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubscriptionTest {
    private final LedgerBench bench = new LedgerBench();
    private final Messages messages = bench.messages;

    @BeforeEach
    void two_browsers() {
        messages.execute("DELETE FROM message");
        messages.execute("DELETE FROM outbox");
        messages.execute("DELETE FROM push_subscription");
        messages.execute("INSERT INTO push_subscription (id, account_id, user_id, endpoint, p256dh, auth)"
                + " SELECT s, 1, 'ann', 'https://push.example.com/' || s, 'key of ' || s, 'secret of ' || s"
                + " FROM unnest(ARRAY['one', 'two']) s");
    }

    @AfterAll
    void close() throws Exception {
        bench.close();
    }

    @Test
    void comes_with_the_claim() throws Exception {
        UUID id = pushed("one").with("lane", "'critical'").insert();

        Outgoing outgoing = bench.claimOne(id).outgoing();

        assertThat(outgoing.browser())
                .isEqualTo(new Outgoing.Browser(
                        "https://push.example.com/one", "key of one", "secret of one", Lane.CRITICAL));
    }

    @Test
    void is_not_there_any_more_and_for_other_channels_it_never_was() throws Exception {
        UUID removed = pushed("three").insert();
        UUID sms = messages.queued().to("one").insert();

        assertThat(bench.claimOne(removed).outgoing().browser()).isNull();
        assertThat(bench.claimOne(sms).outgoing().browser()).isNull();
    }

    @Test
    void goes_when_its_push_service_has_called_it_gone() throws Exception {
        Outgoing gone = bench.claimOne(pushed("one").insert()).outgoing();
        Outgoing refused = bench.claimOne(pushed("two").insert()).outgoing();

        int _ = bench.record(failed(gone, Reason.SUBSCRIPTION_GONE));
        int _ = bench.record(failed(refused, Reason.REFUSED_BY_PROVIDER));

        assertThat(messages.text("SELECT string_agg(id, ' ') FROM push_subscription"))
                .isEqualTo("two");
        assertThat(messages.status(gone.id())).isEqualTo("failed");
        assertThat(messages.column(gone.id(), "reason")).isEqualTo("subscription_gone");
        assertThat(messages.violations()).isZero();
    }

    @Test
    void of_another_account_is_neither_brought_nor_removed() throws Exception {
        messages.execute("UPDATE push_subscription SET account_id = 2 WHERE id = 'one'");

        Outgoing outgoing = bench.claimOne(pushed("one").insert()).outgoing();
        int _ = bench.record(failed(outgoing, Reason.SUBSCRIPTION_GONE));

        assertThat(outgoing.browser()).isNull();
        assertThat(messages.text("SELECT string_agg(id, ' ' ORDER BY id) FROM push_subscription"))
                .isEqualTo("one two");
    }

    private Messages.Row pushed(String browser) {
        return messages.queued().with("channel", "'web_push'").to(browser);
    }

    private static Verdict failed(Outgoing of, Reason reason) {
        return Verdict.settled(
                of,
                MessageStatus.FAILED,
                reason,
                new Verdict.Tried("twilio", "refused", "http_410", null, of.claimedAt(), of.claimedAt()));
    }
}
