package io.heliograph.worker.recipients;

import io.heliograph.contract.Lane;
import io.heliograph.contract.Reason;
import io.heliograph.providers.routing.FleetLimits.PerRecipient;
import io.heliograph.runtime.Failures;
import io.heliograph.runtime.Ids;
import io.heliograph.worker.ledger.Claims.ToSend;
import io.heliograph.worker.ledger.Patience;
import io.heliograph.worker.ledger.Verdict;
import io.heliograph.worker.provider.SendBy;
import io.heliograph.worker.recipients.PlaceStore.Ask;
import io.heliograph.worker.recipients.PlaceStore.Got;
import io.heliograph.worker.recipients.PlaceStore.Unused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a person get no more messages than one may get, all workers and all customers together. What is claimed takes a
 * place of its recipient's before it is sent; what gets none waits until one is free. Critical messages take a place and
 * never wait: a code that comes an hour late is worth nothing.
 */
public final class TakePlaces {
    private static final Logger log = LoggerFactory.getLogger(TakePlaces.class);

    /** A place is taken for longer than the limit asks, by the time that its message may take to leave. */
    private static final int LEAVING_PART = 20;

    private static final Duration LEAVING_MIN = Duration.ofSeconds(1);
    /** When the database does not take the question. */
    private static final Duration REST = Duration.ofSeconds(5);

    private static final long GIVE_BACK_SECONDS_MAX = 5;

    private final PlaceStore store;
    private final Patience patience;
    private final SendBy.Clocks clocks;
    private final Duration leavingMax;
    private volatile @Nullable PerRecipient limit;

    /** What of a claim may be sent, and what has to wait. */
    public record Placed(List<ToSend> toSend, List<Verdict> waiting) {}

    /** One question: so many places of a person, each taken for {@code span}, and good until that moment. */
    private record Round(String provider, int count, Duration span, long untilNanos) {}

    /** {@code lease} as claims have it. */
    public TakePlaces(PlaceStore store, Patience patience, SendBy.Clocks clocks, Duration lease) {
        this.store = store;
        this.patience = patience;
        this.clocks = clocks;
        this.leavingMax = lease.dividedBy(4);
    }

    /** From the next claim on; null for no limit. */
    public void limit(@Nullable PerRecipient changed) {
        limit = changed;
    }

    /** Without a limit it asks nobody. The oldest messages of a person go first. */
    public Placed take(String provider, List<ToSend> claimed) throws InterruptedException {
        PerRecipient now = limit;
        if (now == null || claimed.isEmpty()) {
            return new Placed(claimed, List.of());
        }
        Duration leaving = leaving(now);
        // Before the question: the place is taken later than this, if anything.
        Round round = new Round(provider, now.count(), now.per().plus(leaving), clocks.nanos() + leaving.toNanos());
        Map<UUID, List<ToSend>> byPerson = byPerson(claimed);
        Map<UUID, Got> got = ask(byPerson, round);
        Placed placed = new Placed(new ArrayList<>(claimed.size()), new ArrayList<>());
        byPerson.forEach((person, messages) -> seat(messages, got.get(person), round, placed));
        return placed;
    }

    /** Of messages that certainly did not leave. What is not given back is free again in its time. */
    public void giveBack(List<ToSend> unsent) throws InterruptedException {
        List<Unused> places = unsent.stream()
                .filter(one -> one.placedAt() != null)
                .map(one -> new Unused(Person.at(one.outgoing().recipient()), Objects.requireNonNull(one.placedAt())))
                .toList();
        if (places.isEmpty()) {
            return;
        }
        try {
            // Never repeated: of places that were taken in the same moment, it might give back another one as well.
            Void _ = store.giveBack(places).await(GIVE_BACK_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (Exception e) {
            if (e instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            log.atWarn()
                    .addKeyValue("places", places.size())
                    .addKeyValue("error", Failures.describe(e))
                    .log("Could not give back places of recipients, they are free in their time");
        }
    }

    private Map<UUID, Got> ask(Map<UUID, List<ToSend>> byPerson, Round round) throws InterruptedException {
        List<Ask> asks = new ArrayList<>(byPerson.size());
        byPerson.forEach((person, messages) -> {
            int urgent = (int) messages.stream().filter(TakePlaces::isUrgent).count();
            asks.add(new Ask(person, urgent, messages.size() - urgent));
        });
        try {
            return patience.repeat(() -> store.take(asks, round.count(), round.span()));
        } catch (Patience.RefusedByDatabaseException e) {
            log.atError().addKeyValue("error", e.getMessage()).log("Could not take places, nothing leaves");
            return Map.of();
        }
    }

    private static void seat(List<ToSend> messages, @Nullable Got got, Round round, Placed placed) {
        if (got == null) {
            messages.forEach(one -> placed.waiting().add(waiting(one, round, REST)));
            return;
        }
        PlaceWaits waits = new PlaceWaits(got.taken(), got.databaseAt(), round.count(), round.span());
        int ordinary = 0;
        for (ToSend one : messages) {
            if (isUrgent(one) || ordinary++ < got.granted()) {
                placed.toSend().add(one.placed(got.databaseAt(), round.untilNanos()));
            } else {
                placed.waiting().add(waiting(one, round, waits.of(ordinary - 1 - got.granted())));
            }
        }
    }

    private static Map<UUID, List<ToSend>> byPerson(List<ToSend> claimed) {
        return claimed.stream()
                .sorted(Comparator.comparing(one -> one.outgoing().id(), Ids.ORDER))
                .collect(Collectors.groupingBy(
                        one -> Person.at(one.outgoing().recipient()),
                        () -> new TreeMap<>(Ids.ORDER),
                        Collectors.toList()));
    }

    private Duration leaving(PerRecipient of) {
        Duration part = of.per().dividedBy(LEAVING_PART);
        Duration atLeast = part.compareTo(LEAVING_MIN) < 0 ? LEAVING_MIN : part;
        return atLeast.compareTo(leavingMax) < 0 ? atLeast : leavingMax;
    }

    private static boolean isUrgent(ToSend one) {
        return one.lane() == Lane.CRITICAL;
    }

    /** Due when its validity ends at the latest: then it is found to have expired. */
    private static Verdict waiting(ToSend one, Round round, Duration wait) {
        Duration validFor = one.outgoing().validFor();
        Duration in = wait.compareTo(validFor) < 0 ? wait : validFor;
        return Verdict.queuedAt(round.provider(), one.outgoing(), Reason.RECIPIENT_LIMIT, in, null);
    }
}
