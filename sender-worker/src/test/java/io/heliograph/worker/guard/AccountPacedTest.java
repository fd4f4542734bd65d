package io.heliograph.worker.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Reason;
import io.heliograph.providers.routing.FleetLimits;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import io.heliograph.worker.ledger.Patience;
import io.heliograph.worker.limits.AccountRateStore;
import io.heliograph.worker.limits.AccountTurns;
import io.heliograph.worker.limits.ProviderLimit;
import io.heliograph.worker.limits.RateStore;
import io.heliograph.worker.limits.Slots;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outcome.Accepted;
import io.heliograph.worker.provider.Outcome.TryLater;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.Provider;
import io.heliograph.worker.testing.FakeProvider;
import io.heliograph.worker.testing.Messages;
import io.heliograph.worker.testing.Outgoings;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A provider without a limit, and customer accounts with one, on a real PostgreSQL. */
class AccountPacedTest {
    private final Vertx vertx = Vertx.vertx();
    private final DatabaseUrl database = TestDatabase.fresh();
    private final Messages messages = new Messages(database);
    private final Pool pool = Database.pool(vertx, database, "test", 4);
    private final FakeProvider provider = new FakeProvider();

    @AfterEach
    void stop() throws Exception {
        messages.close();
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void gives_back_unsent_what_would_wait_for_long_and_says_until_when() throws Exception {
        long slow = account("slow");
        Provider paced = paced(Map.of("slow", 0.01), 8, slow);

        Outcome first = send(paced, slow);
        Outcome second = send(paced, slow);

        assertThat(first).isInstanceOf(Accepted.class);
        assertThat(second).isInstanceOfSatisfying(TryLater.class, later -> {
            assertThat(later.reason()).isEqualTo(Reason.ACCOUNT_LIMIT);
            assertThat(later.pace()).isEqualTo(Pace.NOT_TRIED);
            assertThat(later.notBefore()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(110));
        });
        assertThat(provider.sent()).hasSize(1);
    }

    @Test
    void lets_another_account_pass_meanwhile() throws Exception {
        long slow = account("slow");
        long free = account("free");
        Provider paced = paced(Map.of("slow", 0.01), 8, slow, free);
        Outcome _ = send(paced, slow);
        Outcome _ = send(paced, slow);

        assertThat(Stream.generate(() -> send(paced, free)).limit(100)).hasOnlyElementsOfType(Accepted.class);
    }

    @Test
    void has_a_few_wait_for_their_turn_and_all_of_them_leave() throws Exception {
        long acme = account("acme");
        Provider paced = paced(Map.of("acme", 100.0), 8, acme);

        List<Outcome> outcomes = together(paced, acme, 8);

        assertThat(outcomes).hasSize(8).hasOnlyElementsOfType(Accepted.class);
    }

    @Test
    void gives_back_those_for_whom_there_is_no_room_to_wait() throws Exception {
        long acme = account("acme");
        Provider paced = paced(Map.of("acme", 1.0), 1, acme);

        List<Outcome> outcomes = together(paced, acme, 20);

        assertThat(outcomes.stream().filter(Accepted.class::isInstance)).hasSizeBetween(1, 4);
        assertThat(outcomes.stream().filter(TryLater.class::isInstance)).hasSizeGreaterThan(15);
    }

    private Provider paced(Map<String, Double> perSecond, int waitersMax, Long... accounts) throws Exception {
        // A clock that stands still: no answer of the database comes too late for a turn.
        long stopped = System.nanoTime();
        AccountTurns turns = new AccountTurns(
                new AccountRateStore(pool), new FleetLimits(null, null, perSecond), 0, new Patience(), () -> stopped);
        turns.meet(Set.of(accounts));
        Slots slots = new Slots(new RateStore(pool), ProviderLimit.none("twilio"), () -> stopped);
        return new AccountPaced(
                new RateLimited(provider, slots, turns, _ -> null, () -> stopped), turns, slots, waitersMax);
    }

    private long account(String name) {
        return (long) messages.number("INSERT INTO account (name) VALUES (?) RETURNING id", name);
    }

    private static Outcome send(Provider through, long account) {
        Outgoing message = Outgoings.ordinary().of(account).build();
        return through.send(List.of(message)).getFirst();
    }

    private static List<Outcome> together(Provider through, long account, int calls) throws Exception {
        List<Callable<Outcome>> work = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            work.add(() -> send(through, account));
        }
        List<Outcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Outcome> outcome : threads.invokeAll(work)) {
                outcomes.add(outcome.get());
            }
        }
        return outcomes;
    }
}
