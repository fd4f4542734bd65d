package io.heliograph.worker.delivery;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Reason;
import io.heliograph.runtime.Metrics;
import io.heliograph.worker.ledger.Claims;
import io.heliograph.worker.provider.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The worker's counters and histograms. */
public final class DeliveryMeters {
    private record OutcomeKey(String provider, String outcome, String reason) {}

    private final PrometheusMeterRegistry registry;
    private final Map<OutcomeKey, Counter> outcomes = new ConcurrentHashMap<>();
    private final Map<Channel, Timer> acceptToSent = new EnumMap<>(Channel.class);
    private final Counter asked;
    private final Counter claimed;
    private final Counter lost;
    private final Counter expired;
    private final Counter refused;
    private final Counter canceled;
    private final Counter recorded;
    private final Counter deferred;
    private final Timer claimTime;
    private final Timer recordTime;

    public DeliveryMeters(PrometheusMeterRegistry registry) {
        this.registry = registry;
        this.asked = counter("heliograph_claim_asked", "Ids that came off the queues");
        this.claimed =
                counter("heliograph_claim_granted", "Ids that were claimed for sending; the others fell through");
        this.lost = counter("heliograph_claim_lost", "Claims found that nobody had recorded in time");
        this.expired = counter("heliograph_claim_expired", "Messages whose validity had passed when they were claimed");
        this.refused =
                counter("heliograph_claim_refused", "Messages whose recipient had opted out when they were claimed");
        this.canceled = counter(
                "heliograph_claim_canceled",
                "Replays whose first message had been delivered when they were to be claimed");
        this.recorded = counter("heliograph_recorded", "Messages moved by a record");
        this.deferred = counter(
                "heliograph_recipient_limit_deferred",
                "Messages that wait because their recipient has got enough for now");
        this.claimTime = Metrics.histogram(registry, "heliograph_claim", "Time of a claim of one batch");
        this.recordTime = Metrics.histogram(registry, "heliograph_record", "Time of a record of one batch");
        for (Channel channel : Channel.values()) {
            acceptToSent.put(
                    channel,
                    Metrics.histogram(
                            registry,
                            "heliograph_accept_to_sent",
                            "From the acceptance of a message to the record that a provider took it",
                            "channel",
                            channel.word()));
        }
    }

    void claimed(int ids, Claims claims, Duration took) {
        asked.increment(ids);
        claimed.increment(claims.toSend().size());
        lost.increment((double)
                claims.toResolve().stream().filter(Claims.ToResolve::justFound).count());
        expired.increment(claims.expired());
        refused.increment(claims.refused());
        canceled.increment(claims.canceled());
        claimTime.record(took);
    }

    void deferred(int messages) {
        deferred.increment(messages);
    }

    void recorded(int moved, Duration took) {
        recorded.increment(moved);
        recordTime.record(took);
    }

    void sent(Channel channel, Duration sinceAccepted) {
        Objects.requireNonNull(acceptToSent.get(channel)).record(sinceAccepted);
    }

    void outcome(String provider, Outcome outcome) {
        OutcomeKey key = new OutcomeKey(provider, word(outcome), reason(outcome));
        outcomes.computeIfAbsent(key, this::outcomeCounter).increment();
    }

    static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted _ -> "accepted";
            case Outcome.Refused _ -> "refused";
            case Outcome.TryLater _ -> "try_later";
            case Outcome.Unknown _ -> "unknown";
        };
    }

    private static String reason(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted _ -> "none";
            case Outcome.Refused refused -> refused.reason().code();
            case Outcome.TryLater later -> later.reason().code();
            case Outcome.Unknown _ -> Reason.OUTCOME_UNKNOWN.code();
        };
    }

    private Counter outcomeCounter(OutcomeKey key) {
        return Metrics.counter(
                registry,
                "heliograph_provider_outcomes",
                "What became of attempts",
                "provider",
                key.provider(),
                "outcome",
                key.outcome(),
                "reason",
                key.reason());
    }

    private Counter counter(String name, String help) {
        return Metrics.counter(registry, name, help);
    }
}
