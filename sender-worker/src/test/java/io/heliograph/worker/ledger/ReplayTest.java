package io.heliograph.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.worker.testing.Followers;
import io.heliograph.worker.testing.LedgerBench;
import io.heliograph.worker.testing.Messages;
import io.heliograph.worker.testing.Verdicts;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replay that waits while its first message arrives after all is not sent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayTest {
    private final LedgerBench bench = new LedgerBench();
    private final Messages messages = bench.messages;
    private final Followers receipts = new Followers(bench);

    @AfterEach
    void every_message_is_settled_or_promised() {
        assertThat(messages.violations()).isZero();
    }

    @AfterAll
    void close() throws Exception {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delivered", "read"})
    void ends_at_the_claim_when_what_it_repeats_has_arrived(String status) throws Exception {
        UUID first = undelivered(messages.queued());
        UUID replay = replayOf(first).insert();
        UUID other = messages.queued().insert();
        receipts.receipt(first, status, null);

        Claims claims = bench.claim(replay, other);

        assertThat(claims.toSend()).extracting(one -> one.outgoing().id()).containsExactly(other);
        assertThat(claims.canceled()).isEqualTo(1);
        assertThat(state(replay)).isEqualTo("canceled first_arrived");
        assertThat(messages.column(replay, "attempt")).isEqualTo(0);
        assertThat(messages.column(replay, "settled_at")).isNotNull();
        assertThat(messages.hasPromise(replay)).isFalse();
    }

    @Test
    void is_sent_while_what_it_repeats_has_not_arrived() throws Exception {
        UUID replay = replayOf(undelivered(messages.queued())).insert();

        Claims claims = bench.claim(replay);

        assertThat(claims.toSend()).hasSize(1);
        assertThat(claims.canceled()).isZero();
        assertThat(messages.status(replay)).isEqualTo("sending");
        assertThat(messages.column(replay, "attempt")).isEqualTo(1);
    }

    @Test
    void ends_when_its_time_comes_and_when_its_next_try_is_due() throws Exception {
        UUID first = undelivered(messages.queued());
        UUID scheduled = replayOf(first)
                .with("status", "'scheduled'")
                .with("send_at", "now() - interval '1 second'")
                .insert();
        UUID second = undelivered(messages.queued());
        UUID tried = replayOf(second).insert();
        int _ = bench.record(Verdicts.later(bench.claimOne(tried).outgoing(), Duration.ZERO));
        messages.publishAgain(tried);
        receipts.receipt(first, "delivered", null);
        receipts.receipt(second, "delivered", null);

        Claims claims = bench.claim(scheduled, tried);

        assertThat(claims.toSend()).isEmpty();
        assertThat(List.of(state(scheduled), state(tried))).containsOnly("canceled first_arrived");
    }

    @Test
    void ends_when_anything_before_it_in_the_line_has_arrived() throws Exception {
        UUID first = undelivered(messages.queued());
        UUID follower = undelivered(messages.queued().with("fallback_of", "'" + first + "'"));
        UUID replay = undelivered(replayOf(follower));
        UUID replayed = replayOf(replay).insert();
        receipts.receipt(first, "delivered", null);

        Claims claims = bench.claim(replayed);

        assertThat(claims.toSend()).isEmpty();
        assertThat(state(replayed)).isEqualTo("canceled first_arrived");
    }

    @Test
    void stays_in_doubt_when_nobody_knows_whether_it_has_left() throws Exception {
        UUID first = undelivered(messages.queued());
        UUID replay = replayOf(first).claimedBefore("31 seconds").insert();
        receipts.receipt(first, "delivered", null);

        assertThat(bench.claim(replay).toResolve()).hasSize(1);

        assertThat(messages.status(replay)).isEqualTo("unknown");
    }

    private UUID undelivered(Messages.Row message) {
        UUID id = message.insert();
        receipts.settle(id, "undelivered", "refused_by_carrier");
        return id;
    }

    private Messages.Row replayOf(UUID first) {
        return messages.queued().with("replay_of", "'" + first + "'");
    }

    private String state(UUID id) {
        return messages.text("SELECT status || ' ' || reason FROM message WHERE id = '" + id + "'");
    }
}
