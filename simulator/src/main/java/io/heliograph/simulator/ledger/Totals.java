package io.heliograph.simulator.ledger;

import io.heliograph.simulator.ledger.LedgerSummary.AtProvider;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Adds a ledger up. */
record Totals(
        Traffic traffic,
        Tally recipients,
        Tally messages,
        Answers answers,
        CallbackCounts callbacks,
        LongAdder underWay) {
    LedgerSummary summary() {
        Map<String, AtProvider> providers = Provider.all().stream().collect(Collectors.toMap(Provider::word, this::at));
        return new LedgerSummary(
                sum(providers, AtProvider::calls),
                sum(providers, AtProvider::received),
                sum(providers, AtProvider::accepted),
                recipients.keys(),
                recipients.acceptedMoreThanOnce(),
                recipients.acceptedBySeveral(),
                messages.keys(),
                messages.acceptedMoreThanOnce(),
                messages.acceptedBySeveral(),
                underWay.sum(),
                new LedgerSummary.Callbacks(
                        callbacks.sent.sum(),
                        callbacks.answered.sum(),
                        callbacks.refused.sum(),
                        callbacks.failed.sum(),
                        callbacks.dropped.sum(),
                        callbacks.open.sum()),
                answers.together(),
                providers);
    }

    private static long sum(Map<String, AtProvider> providers, ToLongFunction<AtProvider> part) {
        return providers.values().stream().mapToLong(part).sum();
    }

    private AtProvider at(Provider provider) {
        Arrivals.Seen seen = traffic.of(provider);
        return new AtProvider(
                seen.calls(),
                traffic.others(provider).calls(),
                seen.received(),
                seen.accepted(),
                recipients.repeatedBy(provider),
                messages.repeatedBy(provider),
                answers.by(provider));
    }
}
