package io.heliograph.gateway.notifications.campaigns;

import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.runtime.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;

/** What a gateway has done for campaigns, and how they all stood when they were counted last: as every gateway counts them. */
public final class CampaignMeters {
    /**
     * All campaigns that are not over.
     *
     * @param stuck those for which nothing was done for a minute, though it should have been, or of which a chunk is late
     * @param chunksUnderWay of campaigns that run
     * @param chunksLate those that are older than a minute
     */
    public record Counted(int scheduled, int running, int paused, int stuck, int chunksUnderWay, int chunksLate) {
        static final Counted NONE = new Counted(0, 0, 0, 0, 0, 0);
    }

    private final Counter written;
    private final Counter failed;
    private final Map<Reason, Counter> skipped = new EnumMap<>(Reason.class);
    private volatile Counted counted = Counted.NONE;

    public CampaignMeters(PrometheusMeterRegistry registry) {
        written = rows(registry, "written", "none");
        for (Reason reason : Reason.values()) {
            skipped.put(reason, rows(registry, "skipped", reason.word()));
        }
        failed = Metrics.counter(
                registry, "heliograph_campaign_chunk_failures", "Chunks that failed as a whole, and are repeated");
        gauge(
                registry,
                "heliograph_campaign_open",
                "Campaigns that are not over",
                "status",
                "scheduled",
                Counted::scheduled);
        gauge(
                registry,
                "heliograph_campaign_open",
                "Campaigns that are not over",
                "status",
                "running",
                Counted::running);
        gauge(registry, "heliograph_campaign_open", "Campaigns that are not over", "status", "paused", Counted::paused);
        gauge(
                registry,
                "heliograph_campaign_chunks",
                "Chunks of campaigns that run",
                "state",
                "under_way",
                Counted::chunksUnderWay);
        gauge(
                registry,
                "heliograph_campaign_chunks",
                "Chunks of campaigns that run",
                "state",
                "late",
                Counted::chunksLate);
        Gauge _ = Gauge.builder("heliograph_campaign_stuck", this, self -> self.counted.stuck())
                .description("Campaigns for which nothing was done for a minute, though it should have been")
                .register(registry);
    }

    /** When they are committed. */
    public void expanded(int messages, List<Reason> passedOver) {
        written.increment(messages);
        passedOver.forEach(reason -> Objects.requireNonNull(skipped.get(reason)).increment());
    }

    public void failed() {
        failed.increment();
    }

    public void show(Counted now) {
        counted = now;
    }

    private static Counter rows(PrometheusMeterRegistry registry, String result, String reason) {
        return Metrics.counter(
                registry,
                "heliograph_campaign_rows",
                "Rows of audiences by what they came to",
                "result",
                result,
                "reason",
                reason);
    }

    private void gauge(
            PrometheusMeterRegistry registry,
            String name,
            String help,
            String tag,
            String word,
            ToIntFunction<Counted> value) {
        Gauge _ = Gauge.builder(name, this, self -> value.applyAsInt(self.counted))
                .description(help)
                .tag(tag, word)
                .register(registry);
    }
}
