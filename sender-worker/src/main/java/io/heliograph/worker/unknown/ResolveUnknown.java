package io.heliograph.worker.unknown;

import io.heliograph.contract.MessageStatus;
import io.heliograph.contract.Reason;
import io.heliograph.runtime.Failures;
import io.heliograph.worker.ledger.Claims.ToResolve;
import io.heliograph.worker.ledger.Patience;
import io.heliograph.worker.ledger.Verdict;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the provider about messages whose outcome is unknown, and says what is to be recorded of them. */
public final class ResolveUnknown {
    private static final Logger log = LoggerFactory.getLogger(ResolveUnknown.class);
    /** Two messages tried this close together could be taken for each other. */
    private static final Duration SAME_TIME = Duration.ofMinutes(5);

    private final Function<String, @Nullable Provider> providers;
    private final LookUpStore store;
    private final UnknownPolicy policy;
    private final Patience patience;
    private final UnknownMeters meters;
    private final ExecutorService threads;

    public ResolveUnknown(
            Function<String, @Nullable Provider> providers,
            LookUpStore store,
            Duration window,
            Patience patience,
            UnknownMeters meters,
            ExecutorService threads) {
        this.providers = providers;
        this.store = store;
        this.policy = new UnknownPolicy(window);
        this.patience = patience;
        this.meters = meters;
        this.threads = threads;
    }

    /**
     * Messages that stay unknown are postponed, and not in the answer. The provider's guards bound what runs at once.
     */
    public List<Verdict> resolve(List<ToResolve> doubtful) throws InterruptedException {
        if (doubtful.isEmpty()) {
            return List.of();
        }
        List<Callable<Optional<Verdict>>> lookUps = new ArrayList<>();
        doubtful.forEach(one -> lookUps.add(() -> resolve(one)));
        List<Verdict> verdicts = new ArrayList<>();
        for (Future<Optional<Verdict>> resolved : threads.invokeAll(lookUps)) {
            try {
                resolved.get().ifPresent(verdicts::add);
            } catch (ExecutionException e) {
                // Its promise is due again in a moment.
                log.atWarn().addKeyValue("error", Failures.describe(e)).log("Could not look up");
            }
        }
        return verdicts;
    }

    private Optional<Verdict> resolve(ToResolve doubtful) throws InterruptedException {
        LookUp lookUp = lookUp(doubtful);
        Resolution resolution = policy.decide(
                evidence(lookUp, doubtful), doubtful.lost().attempt(), doubtful.unknownFor(), doubtful.resend());
        meters.resolved(resolution);
        log.atInfo()
                .addKeyValue("message_id", doubtful.lost().id())
                .addKeyValue("attempt", doubtful.lost().attempt())
                .addKeyValue("provider", doubtful.provider())
                .addKeyValue("unknown_ms", doubtful.unknownFor().toMillis())
                .addKeyValue("look_up", lookUp.getClass().getSimpleName())
                .addKeyValue("resolution", resolution.getClass().getSimpleName())
                .log("Looked up an unknown outcome");
        return verdict(doubtful, resolution);
    }

    private LookUp lookUp(ToResolve doubtful) {
        Provider provider = providers.apply(doubtful.provider());
        if (provider == null) {
            return new LookUp.Unavailable("provider_not_configured");
        }
        return provider.canFind() ? provider.find(doubtful.lost()) : new LookUp.Seen(List.of());
    }

    private Evidence evidence(LookUp lookUp, ToResolve doubtful) throws InterruptedException {
        return switch (lookUp) {
            case LookUp.Unavailable _ -> Evidence.UNANSWERED;
            case LookUp.Found(String id) -> new Evidence(true, true, List.of(id), false);
            case LookUp.Seen(List<String> ids) -> ids.isEmpty() ? Evidence.NONE : seen(ids, doubtful);
        };
    }

    private Evidence seen(List<String> ids, ToResolve doubtful) throws InterruptedException {
        LookUpStore.Records records = patience.repeat(() -> store.records(ids, doubtful.lost(), SAME_TIME));
        List<String> unclaimed =
                ids.stream().filter(id -> !records.taken().contains(id)).toList();
        return new Evidence(true, false, unclaimed, records.rivalled());
    }

    private Optional<Verdict> verdict(ToResolve doubtful, Resolution resolution) throws InterruptedException {
        Outgoing lost = doubtful.lost();
        return switch (resolution) {
            case Resolution.ItIs(String id) -> {
                Verdict.Tried tried =
                        new Verdict.Tried(doubtful.provider(), "accepted", null, id, lost.claimedAt(), null);
                yield Optional.of(Verdict.settled(lost, MessageStatus.SENT, null, tried));
            }
            case Resolution.GiveUp() ->
                Optional.of(Verdict.settled(lost, MessageStatus.FAILED, Reason.OUTCOME_UNKNOWN, null));
            case Resolution.SendAgain() ->
                Optional.of(Verdict.again(lost, Reason.OUTCOME_UNKNOWN, doubtful.provider()));
            case Resolution.LookAgain(Duration pause) -> {
                var _ = patience.repeat(() -> store.postpone(lost.id(), pause));
                yield Optional.empty();
            }
        };
    }
}
