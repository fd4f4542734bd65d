package io.heliograph.worker.recipients;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.contract.Lane;
import io.heliograph.contract.Reason;
import io.heliograph.providers.routing.FleetLimits.PerRecipient;
import io.heliograph.worker.ledger.Claims.ToSend;
import io.heliograph.worker.ledger.Verdict;
import io.heliograph.worker.provider.SendBy;
import io.heliograph.worker.testing.LedgerBench;
import io.heliograph.worker.testing.Outgoings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Time does not pass here: what is in the database grows older. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TakePlacesTest {
    private static final String ANN = "+15005550011";
    private static final String BOB = "+15005550012";
    private static final PerRecipient THREE_AN_HOUR = new PerRecipient(3, Duration.ofHours(1));

    private final LedgerBench bench = new LedgerBench();
    private TakePlaces places;

    @BeforeEach
    void limit() {
        bench.messages.execute("TRUNCATE recipient_place");
        places = worker();
        places.limit(THREE_AN_HOUR);
    }

    @AfterAll
    void close() throws Exception {
        bench.close();
    }

    @Test
    void several_messages_of_one_claim_count_each_and_the_oldest_go_first() throws Exception {
        List<ToSend> claimed = new ArrayList<>(messages(ANN, 5));
        claimed.addAll(messages(BOB, 1));

        TakePlaces.Placed placed = places.take("twilio", claimed.reversed());

        assertThat(placed.toSend())
                .extracting(one -> one.outgoing().id())
                .containsExactlyInAnyOrderElementsOf(List.of(
                        claimed.get(0).outgoing().id(),
                        claimed.get(1).outgoing().id(),
                        claimed.get(2).outgoing().id(),
                        claimed.get(5).outgoing().id()));
        assertThat(placed.waiting()).hasSize(2);
    }

    @Test
    void who_gets_no_place_waits_until_one_is_free_and_says_why() throws Exception {
        TakePlaces.Placed _ = places.take("twilio", messages(ANN, 3));
        pass("20 minutes");

        Verdict waiting = places.take("twilio", messages(ANN, 1)).waiting().getFirst();

        assertThat(waiting.reason()).isEqualTo(Reason.RECIPIENT_LIMIT);
        assertThat(waiting.tried()).isNull();
        assertThat(Objects.requireNonNull(waiting.dueIn())).isBetween(Duration.ofMinutes(39), Duration.ofMinutes(41));
    }

    @Test
    void a_place_is_free_when_its_hour_is_over_and_not_before() throws Exception {
        TakePlaces.Placed _ = places.take("twilio", messages(ANN, 3));

        pass("59 minutes 59 seconds");
        int before = granted(places, messages(ANN, 3));
        pass("17 seconds");
        int after = granted(places, messages(ANN, 4));

        assertThat(before).isZero();
        assertThat(after).isEqualTo(3);
    }

    /** A message may leave a while after its place was taken; the next one comes an hour after that at the earliest. */
    @Test
    void a_message_leaves_within_the_time_by_which_its_place_is_taken_longer() throws Exception {
        ToSend claimed = new ToSend(
                Outgoings.ordinary()
                        .sendBy(SendBy.in(Duration.ofDays(1), bench.clocks))
                        .build(),
                Lane.NORMAL,
                0,
                Duration.ZERO);
        ToSend sent = places.take("twilio", List.of(claimed)).toSend().getFirst();
        boolean fresh = sent.outgoing().sendBy().hasPassed();
        bench.clocks.pass(Duration.ofSeconds(15).plusMillis(1));

        assertThat(fresh).isFalse();
        assertThat(sent.outgoing().sendBy().hasPassed()).isTrue();
    }

    @Test
    void many_workers_at_once_never_give_a_person_more() throws Exception {
        List<String> people =
                IntStream.range(0, 40).mapToObj("+1500555%04d"::formatted).toList();
        Callable<List<ToSend>> worker = () -> {
            TakePlaces own = worker();
            own.limit(THREE_AN_HOUR);
            List<ToSend> sent = new ArrayList<>();
            for (int round = 0; round < 5; round++) {
                List<ToSend> claimed =
                        people.stream().map(to -> message(to, Lane.NORMAL)).toList();
                sent.addAll(own.take("twilio", claimed).toSend());
            }
            return sent;
        };

        Map<String, Long> byPerson;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<ToSend> sent = new ArrayList<>();
            for (Future<List<ToSend>> each : threads.invokeAll(List.of(worker, worker, worker, worker))) {
                sent.addAll(each.get());
            }
            byPerson = sent.stream()
                    .collect(Collectors.groupingBy(one -> one.outgoing().recipient(), Collectors.counting()));
        }

        assertThat(byPerson).hasSize(40);
        assertThat(byPerson.values()).containsOnly(3L);
    }

    @Test
    void a_critical_message_never_waits_and_counts_all_the_same() throws Exception {
        List<ToSend> codes =
                IntStream.range(0, 5).mapToObj(_ -> message(ANN, Lane.CRITICAL)).toList();

        int critical = granted(places, codes);
        int ordinary = granted(places, messages(ANN, 1));

        assertThat(critical).isEqualTo(5);
        assertThat(ordinary).isZero();
    }

    @Test
    void a_place_that_was_not_used_is_given_back_and_no_other() throws Exception {
        List<ToSend> sent = places.take("twilio", messages(ANN, 3)).toSend();

        places.giveBack(sent.subList(0, 1));
        places.giveBack(List.of(message(BOB, Lane.NORMAL)));

        assertThat(granted(places, messages(ANN, 3))).isEqualTo(1);
    }

    @Test
    void a_changed_limit_holds_for_the_next_claim() throws Exception {
        int first = granted(places, messages(ANN, 5));
        places.limit(new PerRecipient(5, Duration.ofHours(1)));
        int more = granted(places, messages(ANN, 5));
        places.limit(new PerRecipient(4, Duration.ofHours(1)));
        pass("30 minutes");
        int lower = granted(places, messages(ANN, 5));

        assertThat(List.of(first, more, lower)).containsExactly(3, 2, 0);
    }

    @Test
    void without_a_limit_nothing_is_asked_or_kept() throws Exception {
        places.limit(null);

        TakePlaces.Placed placed = places.take("twilio", messages(ANN, 100));
        places.giveBack(placed.toSend());

        assertThat(placed.toSend()).hasSize(100);
        assertThat(bench.messages.number("SELECT count(*) FROM recipient_place"))
                .isZero();
    }

    @Test
    void one_person_is_the_same_on_every_channel_and_nobody_is_named() throws Exception {
        List<ToSend> claimed =
                List.of(message("Ann@example.com", Lane.NORMAL), message("ann@Example.com", Lane.NORMAL));

        TakePlaces.Placed _ = places.take("twilio", claimed);

        assertThat(bench.messages.number("SELECT count(*) FROM recipient_place"))
                .isEqualTo(1);
        assertThat(bench.messages.text("SELECT row_to_json(r)::text FROM recipient_place r"))
                .doesNotContainIgnoringCase("ann");
    }

    /** Who cannot have a place before it expires is found to have expired, rather than dropped now. */
    @Test
    void waits_no_longer_than_a_message_is_valid() throws Exception {
        TakePlaces.Placed _ = places.take("twilio", messages(ANN, 3));
        ToSend brief = new ToSend(
                Outgoings.ordinary()
                        .recipient(ANN)
                        .validFor(Duration.ofMinutes(5))
                        .build(),
                Lane.NORMAL,
                0,
                Duration.ZERO);

        Verdict waiting = places.take("twilio", List.of(brief)).waiting().getFirst();

        assertThat(waiting.dueIn()).isEqualTo(Duration.ofMinutes(5));
    }

    private TakePlaces worker() {
        return new TakePlaces(new PlaceStore(bench.pool), bench.patience, bench.clocks, LedgerBench.LEASE);
    }

    private void pass(String interval) {
        bench.messages.execute("UPDATE recipient_place SET taken_at =" + " (SELECT array_agg(place - interval '"
                + interval + "') FROM unnest(taken_at) AS place)");
    }

    private static int granted(TakePlaces places, List<ToSend> claimed) throws InterruptedException {
        return places.take("twilio", claimed).toSend().size();
    }

    private static List<ToSend> messages(String recipient, int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> message(recipient, Lane.NORMAL))
                .toList();
    }

    private static ToSend message(String recipient, Lane lane) {
        return new ToSend(Outgoings.to(recipient), lane, 0, Duration.ZERO);
    }
}
