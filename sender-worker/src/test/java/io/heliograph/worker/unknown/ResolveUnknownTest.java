package io.heliograph.worker.unknown;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.runtime.Metrics;
import io.heliograph.worker.ledger.Claims.ToResolve;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.testing.FakeProvider;
import io.heliograph.worker.testing.LedgerBench;
import io.heliograph.worker.testing.Messages;
import io.heliograph.worker.testing.Verdicts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolveUnknownTest {
    private final LedgerBench bench = new LedgerBench();
    private final Messages messages = bench.messages;
    private final FakeProvider provider = new FakeProvider();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ResolveUnknown resolver = new ResolveUnknown(
            Map.of("twilio", provider)::get,
            new LookUpStore(bench.pool),
            Duration.ofMinutes(10),
            bench.patience,
            new UnknownMeters(Metrics.registry()),
            threads);

    @AfterEach
    void close() throws Exception {
        threads.close();
        bench.close();
    }

    @Test
    void records_what_the_provider_has() throws Exception {
        UUID id = messages.queued().unknownSince("5 seconds").insert();
        provider.show(lost -> new LookUp.Seen(List.of("SM1")));

        resolve(id);

        assertThat(messages.status(id)).isEqualTo("sent");
        assertThat(messages.attemptColumn(id, 1, "provider_message_id")).isEqualTo("SM1");
        assertThat(messages.violations()).isZero();
    }

    @Test
    void looks_again_later_for_what_is_not_there_yet() throws Exception {
        UUID id = messages.queued().unknownSince("20 seconds").insert();

        resolve(id);

        assertThat(messages.status(id)).isEqualTo("unknown");
        assertThat(messages.dueInSeconds(id)).isBetween(8.0, 11.0);
        assertThat(messages.violations()).isZero();
    }

    /** An answer that was given in the house would be proof for its breaker that the provider is well. */
    @Test
    void asks_nothing_of_a_provider_that_cannot_be_asked() throws Exception {
        UUID early = messages.queued().unknownSince("20 seconds").insert();
        UUID late = messages.queued().unknownSince("10 minutes").insert();
        provider.keepNothing();
        AtomicInteger asked = new AtomicInteger();
        provider.show(_ -> {
            int _ = asked.incrementAndGet();
            return new LookUp.Unavailable("asked");
        });

        resolve(early);
        resolve(late);

        assertThat(asked).hasValue(0);
        assertThat(messages.status(early)).isEqualTo("unknown");
        assertThat(messages.status(late)).isEqualTo("failed");
    }

    @Test
    void fails_what_was_not_found_when_the_window_has_ended() throws Exception {
        UUID id = messages.queued().unknownSince("10 minutes").insert();

        resolve(id);

        assertThat(messages.status(id)).isEqualTo("failed");
        assertThat(messages.column(id, "reason")).isEqualTo("outcome_unknown");
        assertThat(messages.violations()).isZero();
    }

    @Test
    void sends_again_what_asked_for_it_and_marks_it() throws Exception {
        UUID id = messages.queued()
                .unknownSince("10 minutes")
                .with("on_unknown", "'resend'")
                .insert();

        resolve(id);

        assertThat(messages.status(id)).isEqualTo("queued");
        assertThat(messages.column(id, "possible_duplicate")).isEqualTo(true);
        assertThat(messages.dueInSeconds(id)).isLessThan(0.1);
        assertThat(messages.violations()).isZero();
    }

    @Test
    void does_not_take_another_messages_id_for_proof() throws Exception {
        UUID earlier = messages.queued().insert();
        int _ = bench.record(Verdicts.accepted(bench.claimOne(earlier).outgoing(), "SM1"));
        UUID id = messages.queued().unknownSince("5 seconds").insert();
        provider.show(lost -> new LookUp.Seen(List.of("SM1")));

        resolve(id);

        assertThat(messages.status(id)).isEqualTo("unknown");
    }

    @Test
    void takes_the_one_that_is_left_when_the_others_are_recorded() throws Exception {
        UUID earlier = messages.queued().insert();
        int _ = bench.record(Verdicts.accepted(bench.claimOne(earlier).outgoing(), "SM1"));
        UUID id = messages.queued().unknownSince("5 seconds").insert();
        provider.show(lost -> new LookUp.Seen(List.of("SM2", "SM1")));

        resolve(id);

        assertThat(messages.status(id)).isEqualTo("sent");
        assertThat(messages.attemptColumn(id, 1, "provider_message_id")).isEqualTo("SM2");
    }

    @Test
    void takes_nothing_for_proof_that_could_be_either_of_two_equal_messages() throws Exception {
        UUID one = messages.queued().unknownSince("5 seconds").insert();
        UUID other = messages.queued().unknownSince("6 seconds").insert();
        provider.show(lost -> new LookUp.Seen(List.of("SM1")));

        resolve(one, other);

        assertThat(messages.status(one)).isEqualTo("unknown");
        assertThat(messages.status(other)).isEqualTo("unknown");
    }

    @Test
    void leaves_an_id_to_the_message_that_a_receipt_names_with_it() throws Exception {
        UUID delivered = messages.queued().unknownSince("5 seconds").insert();
        deliveredByReceipt(delivered, "SM1");
        UUID id = messages.queued().unknownSince("5 seconds").insert();
        provider.show(lost -> new LookUp.Seen(List.of("SM1")));

        resolve(id);

        assertThat(messages.status(id)).isEqualTo("unknown");
    }

    @Test
    void has_no_rival_in_a_message_whose_id_a_receipt_has_named() throws Exception {
        UUID delivered = messages.queued().unknownSince("5 seconds").insert();
        lostAttempt(delivered, "now()");
        deliveredByReceipt(delivered, "SM1");
        UUID id = messages.queued().unknownSince("5 seconds").insert();
        provider.show(lost -> new LookUp.Seen(List.of("SM1", "SM2")));

        resolve(id);

        assertThat(messages.attemptColumn(id, 1, "provider_message_id")).isEqualTo("SM2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"queued", "canceled", "delivered"})
    void takes_nothing_for_proof_that_a_lost_attempt_of_another_message_could_be(String status) throws Exception {
        UUID other = messages.queued()
                .with("status", "'" + status + "'")
                .with("attempt", "1")
                .with("settled_at", status.equals("queued") ? "NULL" : "now()")
                .insert();
        lostAttempt(other, "now()");
        UUID id = messages.queued().unknownSince("5 seconds").insert();
        provider.show(lost -> new LookUp.Seen(List.of("SM1")));

        resolve(id);

        assertThat(messages.status(id)).isEqualTo("unknown");
    }

    @Test
    void minds_the_messages_of_other_accounts_as_the_provider_does_not_know_them_apart() throws Exception {
        UUID _ = messages.queued()
                .unknownSince("5 seconds")
                .with("account_id", "2")
                .insert();
        UUID id = messages.queued().unknownSince("5 seconds").insert();
        provider.show(lost -> new LookUp.Seen(List.of("SM1")));

        resolve(id);

        assertThat(messages.status(id)).isEqualTo("unknown");
    }

    @Test
    void does_not_mind_an_attempt_that_was_lost_at_another_time() throws Exception {
        UUID other = messages.queued().with("attempt", "1").insert();
        lostAttempt(other, "now() - interval '10 minutes'");
        UUID id = messages.queued().unknownSince("5 seconds").insert();
        provider.show(lost -> new LookUp.Seen(List.of("SM1")));

        resolve(id);

        assertThat(messages.status(id)).isEqualTo("sent");
    }

    @Test
    void is_not_confused_by_another_text_to_the_same_person() throws Exception {
        UUID one = messages.queued().unknownSince("5 seconds").insert();
        UUID _ = messages.queued()
                .unknownSince("5 seconds")
                .with("body", "'Something else'")
                .insert();
        provider.show(lost -> new LookUp.Seen(List.of("SM1")));

        resolve(one);

        assertThat(messages.status(one)).isEqualTo("sent");
    }

    @Test
    void looks_again_later_when_the_provider_cannot_be_asked() throws Exception {
        UUID id = messages.queued().unknownSince("5 seconds").insert();
        provider.show(lost -> new LookUp.Unavailable("provider_paused"));

        resolve(id);

        assertThat(messages.status(id)).isEqualTo("unknown");
        assertThat(messages.dueInSeconds(id)).isPositive();
    }

    @Test
    void keeps_waiting_for_a_provider_that_is_no_longer_configured() throws Exception {
        UUID id = messages.queued()
                .unknownSince("5 seconds")
                .with("provider", "'gone'")
                .insert();

        resolve(id);

        assertThat(messages.status(id)).isEqualTo("unknown");
    }

    private void lostAttempt(UUID id, String startedAt) {
        messages.execute(
                "INSERT INTO attempt (message_id, n, provider, outcome, code, started_at, finished_at)"
                        + " VALUES (?, 1, 'twilio', 'unknown', 'answer_lost', " + startedAt + ", now())",
                id);
    }

    /** As the gateway does: the provider's id is in the inbox, and nowhere else. */
    private void deliveredByReceipt(UUID id, String providerMessageId) {
        messages.execute(
                "INSERT INTO callback (id, received_at, provider, message_id, attempt, provider_message_id,"
                        + " provider_status, status, dedupe_key, fields, applied_at)"
                        + " VALUES (gen_random_uuid(), now(), 'twilio', ?, 1, ?, 'delivered', 'delivered', ?, '{}', now())",
                id,
                providerMessageId,
                providerMessageId);
        messages.execute("UPDATE message SET status = 'delivered', settled_at = now() WHERE id = ?", id);
        messages.execute("DELETE FROM outbox WHERE message_id = ?", id);
    }

    private void resolve(UUID... ids) throws InterruptedException {
        List<ToResolve> doubtful = bench.claim(ids).toResolve();
        int _ = bench.ledger.record(resolver.resolve(doubtful));
    }
}
