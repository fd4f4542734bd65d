package io.heliograph.worker.delivery;

import io.heliograph.runtime.Failures;
import io.heliograph.worker.delivery.EndedCalls.Ended;
import io.heliograph.worker.delivery.EndedCalls.Sent;
import io.heliograph.worker.intake.Batch;
import io.heliograph.worker.ledger.Claims.ToSend;
import io.heliograph.worker.ledger.Verdict;
import io.heliograph.worker.limits.AccountTurns;
import io.heliograph.worker.limits.Grant;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what was claimed: in as few calls as the provider allows, side by side, with no transaction open. */
public final class SendClaimed {
    private static final Logger log = LoggerFactory.getLogger(SendClaimed.class);

    private final Provider provider;
    private final Judge judge;
    private final AccountTurns accounts;
    private final DeliveryMeters meters;
    private final DoubleSupplier random;
    private final ExecutorService threads;

    public SendClaimed(Provider provider, Judge judge, Deliver.Shared shared, DoubleSupplier random) {
        this.provider = provider;
        this.judge = judge;
        this.accounts = shared.accounts();
        this.meters = shared.meters();
        this.random = random;
        this.threads = shared.threads();
    }

    /** Begins the calls; each is told of when it has ended. */
    void begin(List<ToSend> claimed, Batch batch, EndedCalls ended, Grant grant) {
        long claimedNanos = System.nanoTime();
        List<List<ToSend>> calls = Calls.of(claimed, provider, accounts::callSizeMax);
        grant.becomes(claimed.size(), calls.size());
        calls.forEach(part -> threads.execute(() -> call(part, claimedNanos, batch, ended)));
    }

    /** A call that breaks must not keep its ids for ever: their promises will find them unknown. */
    private void call(List<ToSend> part, long claimedNanos, Batch batch, EndedCalls ended) {
        try {
            List<Verdict> verdicts = verdicts(part, claimedNanos);
            Duration sinceClaim = Duration.ofNanos(System.nanoTime() - claimedNanos);
            for (int i = 0; i < part.size(); i++) {
                ended.add(new Ended(verdicts.get(i), new Sent(part.get(i), sinceClaim), batch));
            }
        } catch (RuntimeException e) {
            log.atError().addKeyValue("error", Failures.describe(e)).log("A call broke");
            part.forEach(one -> batch.failed(one.outgoing().id()));
        }
    }

    private List<Verdict> verdicts(List<ToSend> part, long claimedNanos) {
        Duration started = Duration.ofNanos(System.nanoTime() - claimedNanos);
        List<Outcome> outcomes =
                provider.send(part.stream().map(ToSend::outgoing).toList());
        Judge.Timing timing = new Judge.Timing(started, Duration.ofNanos(System.nanoTime() - claimedNanos));
        List<Verdict> verdicts = new ArrayList<>(part.size());
        for (int i = 0; i < part.size(); i++) {
            meters.outcome(provider.name(), outcomes.get(i));
            report(part.get(i), outcomes.get(i));
            String receiptKey =
                    provider.receiptKey(part.getFirst().outgoing(), part.get(i).outgoing());
            verdicts.add(judge.of(part.get(i), outcomes.get(i), timing, random.getAsDouble())
                    .withReceiptKey(receiptKey));
        }
        return verdicts;
    }

    /** One line for every attempt that was not simply accepted. */
    private void report(ToSend claimed, Outcome outcome) {
        String code = switch (outcome) {
            case Outcome.Accepted _ -> null;
            case Outcome.Refused refused -> refused.code();
            case Outcome.TryLater later -> later.code();
            case Outcome.Unknown unknown -> unknown.cause();
        };
        if (code != null) {
            log.atInfo()
                    .addKeyValue("message_id", claimed.outgoing().id())
                    .addKeyValue("attempt", claimed.outgoing().attempt())
                    .addKeyValue("provider", provider.name())
                    .addKeyValue("outcome", DeliveryMeters.word(outcome))
                    .addKeyValue("code", code)
                    .log("Attempt was not accepted");
        }
    }
}
