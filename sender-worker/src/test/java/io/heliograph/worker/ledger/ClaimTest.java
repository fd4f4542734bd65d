package io.heliograph.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.contract.Channel;
import io.heliograph.providers.Retry.Jitter;
import io.heliograph.providers.RetryWish;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.testing.LedgerBench;
import io.heliograph.worker.testing.Messages;
import io.heliograph.worker.testing.Verdicts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClaimTest {
    private final LedgerBench bench = new LedgerBench();
    private final Messages messages = bench.messages;

    @AfterAll
    void close() throws Exception {
        bench.close();
    }

    @Test
    void hands_out_all_that_the_send_needs() throws Exception {
        UUID id = messages.queued()
                .to("+15005550011")
                .with("channel", "'whatsapp'")
                .with("sender", "'+15005550006'")
                .with("body", "'Bonjour'")
                .with("media_urls", "'[\"https://example.org/a.png\"]'")
                .with("expires_at", "now() + interval '1 hour'")
                .insert();

        Outgoing outgoing = bench.claimOne(id).outgoing();

        assertThat(outgoing.id()).isEqualTo(id);
        assertThat(outgoing.attempt()).isEqualTo(1);
        assertThat(outgoing.channel()).isEqualTo(Channel.WHATSAPP);
        assertThat(outgoing.recipient()).isEqualTo("+15005550011");
        assertThat(outgoing.sender()).isEqualTo("+15005550006");
        assertThat(outgoing.content().text()).isEqualTo("Bonjour");
        assertThat(outgoing.content().mediaUrls()).containsExactly("https://example.org/a.png");
        assertThat(outgoing.validFor()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(messages.status(id)).isEqualTo("sending");
        assertThat(messages.column(id, "provider")).isEqualTo("twilio");
        assertThat(messages.hasPromise(id)).isTrue();
    }

    @Test
    void hands_out_what_an_email_and_a_registered_text_have_beside_their_text() throws Exception {
        UUID mail = messages.queued()
                .to("ann@example.com")
                .with("channel", "'email'")
                .with("content", "'{\"subject\":\"Hi\",\"html\":\"<p>Hello</p>\"}'")
                .insert();
        UUID registered = messages.queued()
                .with("content", "'{\"dlt\":{\"template_id\":\"1707\",\"variables\":[\"123456\"]}}'")
                .insert();

        Outgoing outgoingMail = bench.claimOne(mail).outgoing();
        Outgoing outgoingRegistered = bench.claimOne(registered).outgoing();

        assertThat(outgoingMail.channel()).isEqualTo(Channel.EMAIL);
        assertThat(outgoingMail.content().subject()).isEqualTo("Hi");
        assertThat(outgoingMail.content().html()).isEqualTo("<p>Hello</p>");
        assertThat(outgoingMail.content().dlt()).isNull();
        assertThat(outgoingRegistered.content().subject()).isNull();
        assertThat(outgoingRegistered.content().dlt()).isEqualTo(new Outgoing.Dlt(null, "1707", List.of("123456")));
    }

    @Test
    void puts_a_one_time_code_into_the_text_for_the_send_alone() throws Exception {
        UUID id = messages.queued()
                .to("ann@example.com")
                .with("channel", "'email'")
                .with("body", "'****** is your code: ******'")
                .with("content", "'{\"subject\":\"Your code ******\"}'")
                .with("secret", "'012345'")
                .insert();

        Outgoing outgoing = bench.claimOne(id).outgoing();

        assertThat(outgoing.content().text()).isEqualTo("012345 is your code: 012345");
        assertThat(outgoing.content().subject()).isEqualTo("Your code 012345");
        assertThat(outgoing.toString()).doesNotContain("012345");
        assertThat(messages.column(id, "body")).isEqualTo("****** is your code: ******");
    }

    @Test
    void hands_out_how_the_message_and_its_account_want_it_to_be_tried_again() throws Exception {
        bench.messages.execute("INSERT INTO account (id, name) OVERRIDING SYSTEM VALUE VALUES (77, 'acme')");
        UUID ofAcme = bench.messages
                .queued()
                .with("account_id", "77")
                .with("retry", "'{\"attempts_max\": 3, \"base\": \"5m\", \"jitter\": \"none\"}'")
                .with("avoided_providers", "'{plivo}'")
                .insert();
        UUID ofNobody = bench.messages.queued().with("account_id", "999").insert();

        assertThat(bench.claimOne(ofAcme).wishes())
                .isEqualTo(new Claims.Wishes(
                        "acme", new RetryWish(3, Duration.ofMinutes(5), null, Jitter.NONE), Set.of("plivo")));
        assertThat(bench.claimOne(ofNobody).wishes()).isEqualTo(Claims.Wishes.NONE);
    }

    @Test
    void gives_a_message_to_one_of_many_who_ask_at_once() throws Exception {
        List<UUID> ids = messages.queued(200);
        Callable<Claims> ask = () -> {
            List<UUID> shuffled = new ArrayList<>(ids);
            Collections.shuffle(shuffled);
            return bench.claim(shuffled.toArray(UUID[]::new));
        };

        Set<UUID> claimed = new HashSet<>();
        int times = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Claims> claims : threads.invokeAll(Collections.nCopies(6, ask))) {
                for (Claims.ToSend one : claims.get().toSend()) {
                    claimed.add(one.outgoing().id());
                    times++;
                }
            }
        }

        assertThat(claimed).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(times).isEqualTo(200);
    }

    @Test
    void lets_an_id_that_comes_again_fall_through() throws Exception {
        UUID id = messages.queued().insert();
        Claims.ToSend first = bench.claimOne(id);

        assertThat(bench.claim(id).size()).isZero();

        int _ = bench.record(Verdicts.accepted(first.outgoing(), "SM1"));
        assertThat(bench.claim(id, UUID.randomUUID()).size()).isZero();
        assertThat(messages.status(id)).isEqualTo("sent");
    }

    @Test
    void leaves_a_scheduled_message_until_its_time() throws Exception {
        UUID early = messages.queued()
                .with("status", "'scheduled'")
                .with("send_at", "now() + interval '1 minute'")
                .insert();
        UUID due = messages.queued()
                .with("status", "'scheduled'")
                .with("send_at", "now() - interval '1 second'")
                .insert();

        Claims claims = bench.claim(early, due);

        assertThat(claims.toSend()).hasSize(1);
        assertThat(messages.status(early)).isEqualTo("scheduled");
        assertThat(messages.status(due)).isEqualTo("sending");
    }

    @Test
    void leaves_what_was_cancelled() throws Exception {
        UUID id = messages.queued().insert();
        messages.execute("UPDATE message SET status = 'canceled', settled_at = now() WHERE id = ?", id);
        messages.execute("DELETE FROM outbox WHERE message_id = ?", id);

        assertThat(bench.claim(id).size()).isZero();
        assertThat(messages.status(id)).isEqualTo("canceled");
    }

    @Test
    void settles_a_message_whose_validity_has_passed_instead_of_sending_it() throws Exception {
        UUID id = messages.queued()
                .with("expires_at", "now() - interval '1 second'")
                .insert();

        Claims claims = bench.claim(id);

        assertThat(claims.toSend()).isEmpty();
        assertThat(claims.expired()).isEqualTo(1);
        assertThat(messages.status(id)).isEqualTo("expired");
        assertThat(messages.column(id, "reason")).isEqualTo("validity_passed");
        assertThat(messages.column(id, "attempt")).isEqualTo(0);
        assertThat(messages.attempts(id)).isEmpty();
        assertThat(messages.violations()).isZero();
    }

    @Test
    void calls_a_message_unknown_that_was_claimed_and_never_recorded() throws Exception {
        UUID id = messages.queued().claimedBefore("31 seconds").insert();

        Claims claims = bench.claim(id);

        assertThat(claims.toSend()).isEmpty();
        assertThat(claims.toResolve()).hasSize(1);
        assertThat(claims.toResolve().getFirst().justFound()).isTrue();
        assertThat(messages.status(id)).isEqualTo("unknown");
        assertThat(messages.attempts(id)).containsExactly("1 unknown worker_lost");
        assertThat(messages.dueInSeconds(id)).isBetween(0.0, 6.0);
        assertThat(messages.violations()).isZero();
    }

    @Test
    void keeps_with_a_lost_attempt_the_claim_that_was_lost_whoever_looks_it_up() throws Exception {
        UUID id = messages.queued().claimedBefore("2 minutes").insert();
        Object lost = messages.column(id, "claim");

        Claims _ = bench.claim(id);
        messages.publishAgain(id);
        assertThat(bench.claim(id).toResolve()).hasSize(1);

        assertThat(messages.attemptColumn(id, 1, "lost_claim")).isEqualTo(lost);
        assertThat(messages.column(id, "claim")).isEqualTo(lost);
    }

    @Test
    void leaves_a_message_to_the_one_who_has_claimed_it_just_now_and_pulls_its_promise_near() throws Exception {
        UUID id = messages.queued().claimedBefore("20 seconds").insert();

        assertThat(bench.claim(id).size()).isZero();

        assertThat(messages.status(id)).isEqualTo("sending");
        // Nothing that was claimed waits for it.
        await().untilAsserted(() -> assertThat(messages.dueInSeconds(id)).isBetween(5.0, 10.5));
    }

    @Test
    void hands_out_an_unknown_message_to_be_resolved() throws Exception {
        UUID id = messages.queued()
                .unknownSince("2 minutes")
                .with("on_unknown", "'resend'")
                .insert();

        Claims.ToResolve doubtful = bench.claim(id).toResolve().getFirst();

        assertThat(doubtful.justFound()).isFalse();
        assertThat(doubtful.resend()).isTrue();
        assertThat(doubtful.provider()).isEqualTo("twilio");
        assertThat(doubtful.lost().attempt()).isEqualTo(1);
        assertThat(doubtful.unknownFor()).isBetween(Duration.ofSeconds(119), Duration.ofSeconds(130));
        assertThat(messages.status(id)).isEqualTo("unknown");
    }

    @Test
    void claims_the_neighbours_of_a_message_that_the_database_does_not_let_go() throws Exception {
        List<UUID> ids = new ArrayList<>(messages.queued(4));
        UUID attemptsUsedUp = messages.queued()
                .with("attempt", Integer.toString(Short.MAX_VALUE))
                .insert();
        ids.add(2, attemptsUsedUp);

        Claims claims = bench.claim(ids.toArray(UUID[]::new));

        assertThat(claims.toSend()).hasSize(4);
        assertThat(messages.status(attemptsUsedUp)).isEqualTo("queued");
    }

    @Test
    void knows_its_own_claim_again_when_the_answer_to_it_was_lost() throws Exception {
        UUID id = messages.queued().insert();
        UUID batch = UUID.randomUUID();
        Claims lost = bench.ledger.claim(List.of(id), "twilio", batch);

        Claims again = bench.ledger.claim(List.of(id), "twilio", batch);

        assertThat(lost.toSend()).hasSize(1);
        assertThat(again.toSend()).hasSize(1);
        assertThat(again.toSend().getFirst().outgoing().attempt()).isEqualTo(1);
    }

    @Test
    void does_not_take_an_echo_of_an_older_publish_for_a_retry_that_is_due() throws Exception {
        UUID id = messages.queued().insert();
        int _ = bench.record(Verdicts.later(bench.claimOne(id).outgoing(), Duration.ofMinutes(5)));

        assertThat(bench.claim(id).size()).isZero();

        messages.publishAgain(id);
        assertThat(bench.claimOne(id).outgoing().attempt()).isEqualTo(2);
    }

    @Test
    void does_not_count_what_was_given_back_unsent_as_a_try_and_gives_every_claim_a_number_of_its_own()
            throws Exception {
        UUID id = messages.queued().insert();
        for (int claim = 1; claim <= 12; claim++) {
            Claims.ToSend claimed = bench.claimOne(id);
            assertThat(claimed.outgoing().attempt()).isEqualTo(claim);
            assertThat(claimed.triesBefore()).isZero();
            int _ = bench.record(Verdicts.givenBack(claimed.outgoing()));
            messages.publishAgain(id);
        }

        assertThat(messages.attempts(id)).isEmpty();
    }

    @Test
    void counts_the_earlier_tries_that_the_provider_put_off_and_not_those_while_it_was_away() throws Exception {
        UUID id = messages.queued().with("attempt", "3").insert();
        String attempt = "INSERT INTO attempt (message_id, n, provider, outcome, code, started_at, finished_at)"
                + " VALUES (?, ?, 'twilio', 'try_later', ?, now(), now())";
        messages.execute(attempt, id, 1, "20429");
        messages.execute(attempt, id, 2, Verdict.Tried.awayCode("20003"));
        messages.execute(attempt, id, 3, "20429");

        assertThat(bench.claimOne(id).triesBefore()).isEqualTo(2);
    }

    @Test
    void counts_the_refusal_of_one_provider_after_which_another_is_tried() throws Exception {
        UUID id = messages.queued().with("attempt", "1").insert();
        messages.execute(
                "INSERT INTO attempt (message_id, n, provider, outcome, code, started_at, finished_at)"
                        + " VALUES (?, 1, 'plivo', 'refused', '401', now(), now())",
                id);

        assertThat(bench.claimOne(id).triesBefore()).isOne();
    }
}
