package io.heliograph.worker.delivery;

import io.heliograph.contract.Reason;
import io.heliograph.runtime.Failures;
import io.heliograph.worker.intake.Batch;
import io.heliograph.worker.ledger.Claims;
import io.heliograph.worker.ledger.Claims.ToResolve;
import io.heliograph.worker.ledger.Claims.ToSend;
import io.heliograph.worker.ledger.Ledger;
import io.heliograph.worker.ledger.Patience;
import io.heliograph.worker.ledger.Verdict;
import io.heliograph.worker.limits.AccountTurns;
import io.heliograph.worker.limits.Grant;
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

    /** When the database does not take the question for accounts' limits. */
    private static final Duration REST = Duration.ofSeconds(5);

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

    /** Returns when the claim is committed and the calls have begun, which the grant is told of. */
    public void begin(Batch batch, Grant grant) throws InterruptedException {
        boolean begun = false;
        try {
            Claims claims = claim(batch);
            batch.doneExcept(idsOf(claims));
            TakePlaces.Placed placed = places.take(provider, claims.toSend());
            meters.deferred(placed.waiting().size());
            placed.waiting().forEach(verdict -> ended.add(new EndedCalls.Ended(verdict, null, batch)));
            List<ToSend> toSend = meetAccounts(placed.toSend(), batch);
            sender.begin(toSend, batch, ended, grant);
            if (!claims.toResolve().isEmpty()) {
                // A look-up takes its time, and nobody waits for it.
                threads.execute(() -> resolve(claims.toResolve(), batch));
            }
            begun = true;
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
                .addKeyValue("canceled", claims.canceled())
                .addKeyValue("claim_ms", took.toMillis())
                .log("Claimed batch");
        return claims;
    }

    /**
     * Those that may be sent. Where the database does not tell how fast these accounts may send, nothing leaves; and as nothing
     * has left, nothing is in doubt: all of it is queued again.
     */
    private List<ToSend> meetAccounts(List<ToSend> claimed, Batch batch) throws InterruptedException {
        try {
            accounts.meet(accountsOf(claimed));
            return claimed;
        } catch (Patience.RefusedByDatabaseException e) {
            log.atError().addKeyValue("error", e.getMessage()).log("Could not read accounts' limits, nothing leaves");
            claimed.forEach(one ->
                    ended.add(new EndedCalls.Ended(heldBack(one), new EndedCalls.Sent(one, Duration.ZERO), batch)));
            return List.of();
        }
    }

    /** Due when its validity ends at the latest: then it is found to have expired. */
    private Verdict heldBack(ToSend one) {
        Duration validFor = one.outgoing().validFor();
        Duration rest = REST.compareTo(validFor) < 0 ? REST : validFor;
        return Verdict.queuedAt(provider, one.outgoing(), Reason.ACCOUNT_LIMIT, rest, null);
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
