package io.heliograph.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.MessageStatus;
import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.testing.LedgerBench;
import io.heliograph.worker.testing.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever has said STOP gets nothing any more, whatever was accepted before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsentTest {
    private static final String PERSON = "+15005550010";
    private static final String NUMBER = "+15005550006";

    private final LedgerBench bench = new LedgerBench();
    private final Messages messages = bench.messages;

    @BeforeEach
    void nobody_has_opted_out() {
        messages.execute("DELETE FROM message");
        messages.execute("DELETE FROM outbox");
        messages.execute("DELETE FROM suppression");
        messages.execute("DELETE FROM consent_change");
        messages.execute("DELETE FROM consent_state");
    }

    @AfterAll
    void close() throws Exception {
        bench.close();
    }

    @Test
    void refuses_what_waits_when_the_person_has_stopped_its_sender() throws Exception {
        UUID id = messages.queued().with("sender", "'" + NUMBER + "'").insert();
        stop(NUMBER);

        Claims claims = bench.claim(id);

        assertThat(claims.toSend()).isEmpty();
        assertThat(claims.refused()).isEqualTo(1);
        assertThat(messages.status(id)).isEqualTo("refused");
        assertThat(messages.column(id, "reason")).isEqualTo("recipient_opted_out");
        assertThat(messages.column(id, "attempt")).isEqualTo(0);
        assertThat(messages.column(id, "settled_at")).isNotNull();
        assertThat(messages.hasPromise(id)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // What was stopped, what the message names as its sender, and whether it goes.
        "+15005550006, NULL, false",
        "'', '''+15005550006''', false",
        "'', NULL, false",
        "+15005550006, '''+15005550007''', true",
    })
    void asks_for_the_sender_and_for_all_of_them(String stopped, String sender, boolean goes) throws Exception {
        stop(stopped);
        UUID id = messages.queued().with("sender", sender).insert();

        assertThat(bench.claim(id).toSend()).hasSize(goes ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "account_id, 2",
        "channel, '''whatsapp'''",
        "recipient, '''+15005550011'''",
        // What answers the STOP itself.
        "answers, gen_random_uuid()",
    })
    void sends_to_whoever_has_not_stopped_this(String column, String value) throws Exception {
        stop(NUMBER);
        UUID id = messages.queued()
                .with("sender", "'" + NUMBER + "'")
                .with(column, value)
                .insert();

        assertThat(bench.claim(id).toSend()).hasSize(1);
    }

    @Test
    void sends_again_when_it_was_lifted() throws Exception {
        stop(NUMBER);
        messages.execute("UPDATE suppression SET lifted_at = now()");
        UUID id = messages.queued().insert();

        assertThat(bench.claim(id).toSend()).hasSize(1);
    }

    @Test
    void refuses_a_retry_and_leaves_what_may_have_been_sent_to_be_found_out() throws Exception {
        UUID lost = messages.queued().unknownSince("1 second").insert();
        UUID retried = messages.queued().with("attempt", "1").insert();
        stop(NUMBER);

        Claims claims = bench.claim(lost, retried);

        assertThat(claims.toResolve()).hasSize(1);
        assertThat(claims.refused()).isEqualTo(1);
        assertThat(messages.status(lost)).isEqualTo("unknown");
        assertThat(messages.column(lost, "reason")).isEqualTo("outcome_unknown");
        assertThat(messages.status(retried)).isEqualTo("refused");
        assertThat(messages.column(retried, "attempt")).isEqualTo(1);
    }

    @Test
    void every_message_is_sent_or_refused_when_stop_and_send_race() throws Exception {
        List<UUID> ids = messages.queued(200);
        List<Future<Claims>> claims = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(5)) {
            for (int i = 0; i < ids.size(); i += 50) {
                UUID[] batch = ids.subList(i, i + 50).toArray(UUID[]::new);
                claims.add(executor.submit(() -> bench.claim(batch)));
            }
            Future<?> stop = executor.submit(() -> stop(NUMBER));
            Object _ = stop.get();
        }

        int sent = 0;
        int refused = 0;
        for (Future<Claims> claim : claims) {
            sent += claim.get().toSend().size();
            refused += claim.get().refused();
        }
        UUID after = messages.queued().insert();
        assertThat(sent + refused).isEqualTo(200);
        assertThat(messages.count("sending")).isEqualTo(sent);
        assertThat(bench.claim(after).refused()).isEqualTo(1);
        assertThat(messages.violations()).isZero();
    }

    @Test
    void keeps_what_a_provider_says_about_the_person() throws Exception {
        UUID id = messages.queued().with("sender", "'" + NUMBER + "'").insert();

        refuse(bench.claimOne(id).outgoing());
        UUID next = messages.queued().insert();

        assertThat(messages.text("SELECT person || ' ' || sender || ' ' || changed_by || ' ' || (message_id = '" + id
                        + "') FROM suppression"))
                .isEqualTo(PERSON + " " + NUMBER + " provider true");
        assertThat(messages.text("SELECT change || ' ' || changed_by FROM consent_change"))
                .isEqualTo("opted_out provider");
        assertThat(bench.claim(next).refused()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        // What the message names as its sender, how long after it the person opted in, and whether the word counts.
        "'''+15005550006''', 1 minute, false",
        "NULL, 1 minute, false",
        "'''+15005550006''', -1 minute, true",
        "NULL, -1 minute, true",
    })
    void leaves_in_who_opted_in_after_the_message_was_sent(String sender, String later, boolean out) throws Exception {
        UUID id = messages.queued().with("sender", sender).insert();
        Outgoing outgoing = bench.claimOne(id).outgoing();
        stop(NUMBER);
        messages.execute("UPDATE suppression SET lifted_at = now() + interval '" + later + "'");

        refuse(outgoing);

        assertThat(messages.text("SELECT count(*) FROM suppression WHERE lifted_at IS NULL"))
                .isEqualTo(out ? "1" : "0");
    }

    @Test
    void suppresses_nobody_for_a_message_that_was_deleted() throws Exception {
        Outgoing outgoing = bench.claimOne(messages.queued().insert()).outgoing();
        messages.execute("UPDATE message SET recipient = ''");

        refuse(outgoing);

        assertThat(messages.text("SELECT count(*) FROM suppression")).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({
        // What was withdrawn by whom, and whether a message to Ann by SMS, about her order, goes.
        "ann, sms, transactional, false",
        "ann, sms, promotional, true",
        "ann, email, transactional, true",
        "bob, sms, transactional, true",
    })
    void refuses_what_waits_when_the_user_has_withdrawn_its_purpose(
            String user, String channel, String purpose, boolean goes) throws Exception {
        UUID id = messages.queued()
                .with("user_id", "'ann'")
                .with("purpose", "'transactional'")
                .insert();
        messages.execute(
                "INSERT INTO consent (account_id, user_id, occurred_at, channel, purpose, change, recorded_by, source)"
                        + " VALUES (1, ?, now(), ?, ?, 'withdraw', 'account', 'test')",
                user,
                channel,
                purpose);

        assertThat(bench.claim(id).toSend()).hasSize(goes ? 1 : 0);
        assertThat(messages.status(id)).isEqualTo(goes ? "sending" : "refused");
    }

    @Test
    void sends_what_waits_when_the_user_has_granted_it_again() throws Exception {
        UUID id = messages.queued()
                .with("user_id", "'ann'")
                .with("purpose", "'transactional'")
                .insert();
        for (String change : List.of("withdraw", "grant")) {
            messages.execute(
                    "INSERT INTO consent (account_id, user_id, occurred_at, channel, purpose, change, recorded_by, source)"
                            + " VALUES (1, 'ann', now(), 'sms', 'transactional', ?, 'account', 'test')",
                    change);
        }

        assertThat(bench.claim(id).toSend()).hasSize(1);
    }

    private void refuse(Outgoing outgoing) throws Exception {
        int _ = bench.record(Verdict.settled(
                outgoing,
                MessageStatus.FAILED,
                Reason.RECIPIENT_OPTED_OUT,
                new Verdict.Tried("twilio", "refused", "21610", null, outgoing.claimedAt(), outgoing.claimedAt())));
    }

    private void stop(String sender) {
        messages.execute(
                "INSERT INTO suppression (account_id, channel, person, sender, changed_by) VALUES (1, 'sms', ?, ?, 'keyword')",
                PERSON,
                sender);
    }
}
