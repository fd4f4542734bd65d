package io.heliograph.worker.delivery;

import io.heliograph.runtime.Failures;
import io.heliograph.worker.intake.Batch;
import io.heliograph.worker.ledger.Claims;
import io.heliograph.worker.ledger.Claims.ToResolve;
import io.heliograph.worker.ledger.Claims.ToSend;
import io.heliograph.worker.ledger.Ledger;
import io.heliograph.worker.ledger.Verdict;
import io.heliograph.worker.limits.AccountTurns;
import io.heliograph.worker.recipients.TakePlaces;
import io.heliograph.worker.unknown.ResolveUnknown;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims a batch, and begins with its calls and look-ups. What comes of them is recorded by {@link RecordEnded}. */
public final class Deliver {
    private static final Logger log = LoggerFactory.getLogger(Deliver.class);

    private final String provider;
    private final Ledger ledger;
    private final SendClaimed sender;
    private final ResolveUnknown resolver;
    private final TakePlaces places;
    private final AccountTurns accounts;
    private final EndedCalls ended;
    private final DeliveryMeters meters;
    private final Supplier<UUID> claimIds;
    private final ExecutorService threads;

    /** What all of a worker's providers share. */
    public record Shared(
            Ledger ledger,
            ResolveUnknown resolver,
            TakePlaces places,
            AccountTurns accounts,
            DeliveryMeters meters,
            Supplier<UUID> claimIds,
            ExecutorService threads) {
        /** The same for messages that nobody is to get. */
        public Shared without(TakePlaces nobodys) {
            return new Shared(ledger, resolver, nobodys, accounts, meters, claimIds, threads);
        }
    }

    public Deliver(String provider, SendClaimed sender, EndedCalls ended, Shared shared) {
        this.provider = provider;
        this.sender = sender;
        this.ended = ended;
        this.ledger = shared.ledger();
        this.resolver = shared.resolver();
        this.places = shared.places();
        this.accounts = shared.accounts();
        this.meters = shared.meters();
        this.claimIds = shared.claimIds();
        this.threads = shared.threads();
    }

    /** Returns when the claim is committed and the calls have begun. Answers how many messages they carry. */
    public int begin(Batch batch) throws InterruptedException {
        boolean begun = false;
        try {
            Claims claims = claim(batch);
            batch.doneExcept(idsOf(claims));
            TakePlaces.Placed placed = places.take(provider, claims.toSend());
            meters.deferred(placed.waiting().size());
            placed.waiting().forEach(verdict -> ended.add(new EndedCalls.Ended(verdict, null, batch)));
            accounts.meet(accountsOf(placed.toSend()));
            sender.begin(placed.toSend(), batch, ended);
            if (!claims.toResolve().isEmpty()) {
                // A look-up takes its time, and nobody waits for it.
                threads.execute(() -> resolve(claims.toResolve(), batch));
            }
            begun = true;
            return placed.toSend().size();
        } finally {
            if (!begun) {
                batch.failRest();
            }
        }
    }

    private Claims claim(Batch batch) throws InterruptedException {
        long startedNanos = System.nanoTime();
        Claims claims = ledger.claim(batch.ids(), provider, claimIds.get());
        Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
        meters.claimed(batch.size(), claims, took);
        log.atInfo()
                .addKeyValue("provider", provider)
                .addKeyValue("ids", batch.size())
                .addKeyValue("claimed", claims.toSend().size())
                .addKeyValue("unknown", claims.toResolve().size())
                .addKeyValue("expired", claims.expired())
                .addKeyValue("refused", claims.refused())
                .addKeyValue("claim_ms", took.toMillis())
                .log("Claimed batch");
        return claims;
    }

    private void resolve(List<ToResolve> doubtful, Batch batch) {
        try {
            Set<UUID> resolved = new HashSet<>();
            for (Verdict verdict : resolver.resolve(doubtful)) {
                boolean _ = resolved.add(verdict.id());
                ended.add(new EndedCalls.Ended(verdict, null, batch));
            }
            // The others were put off; their promises bring them again.
            doubtful.stream()
                    .map(one -> one.lost().id())
                    .filter(id -> !resolved.contains(id))
                    .forEach(batch::done);
        } catch (InterruptedException e) {
            doubtful.forEach(one -> batch.failed(one.lost().id()));
        } catch (RuntimeException e) {
            log.atError().addKeyValue("error", Failures.describe(e)).log("Look-ups broke, their promises repeat them");
            doubtful.forEach(one -> batch.failed(one.lost().id()));
        }
    }

    private static Set<Long> accountsOf(List<ToSend> claimed) {
        return claimed.stream().map(one -> one.outgoing().account()).collect(Collectors.toSet());
    }

    private static Set<UUID> idsOf(Claims claims) {
        Set<UUID> ids = new HashSet<>();
        claims.toSend().forEach(one -> ids.add(one.outgoing().id()));
        claims.toResolve().forEach(one -> ids.add(one.lost().id()));
        return ids;
    }
}
