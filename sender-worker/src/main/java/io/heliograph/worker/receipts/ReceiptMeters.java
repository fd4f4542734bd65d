package io.heliograph.worker.receipts;

import io.heliograph.runtime.Metrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** Counts what came of asking for receipts. */
public final class ReceiptMeters {
    private final PrometheusMeterRegistry registry;

    public ReceiptMeters(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    void count(String provider, String result) {
        count(provider, result, 1);
    }

    void givenUp(String provider, int messages) {
        if (messages > 0) {
            count(provider, "given_up", messages);
            missing(provider, messages);
        }
    }

    void missing(String provider, int messages) {
        Metrics.counter(
                        registry,
                        "heliograph_receipts_missing",
                        "Messages that stay sent, because their receipt did not come and nobody can be asked any more, or ever",
                        "provider",
                        provider)
                .increment(messages);
    }

    private void count(String provider, String result, int messages) {
        Metrics.counter(
                        registry,
                        "heliograph_receipts_looked_up",
                        "Messages without a receipt that their provider was asked about, by what came of it",
                        "provider",
                        provider,
                        "result",
                        result)
                .increment(messages);
    }
}
