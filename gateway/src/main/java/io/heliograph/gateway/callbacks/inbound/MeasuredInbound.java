package io.heliograph.gateway.callbacks.inbound;

import io.heliograph.gateway.callbacks.inbound.InboundStore.Stored;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores people's messages, tells whoever has to answer them, counts what became of them, and writes one line for each group. */
final class MeasuredInbound {
    private static final Logger log = LoggerFactory.getLogger(MeasuredInbound.class);

    private final Pool pool;
    private final InboundMeters meters;
    private final Runnable turned;

    MeasuredInbound(Pool pool, InboundMeters meters, Runnable turned) {
        this.pool = pool;
        this.meters = meters;
        this.turned = turned;
    }

    Future<List<Stored>> store(List<Arrival> arrivals) {
        long startedNanos = System.nanoTime();
        return InboundStore.storeAndObey(pool, arrivals).onSuccess(stored -> {
            stored.forEach(meters::count);
            List<Stored.New> fresh = stored.stream()
                    .filter(Stored.New.class::isInstance)
                    .map(Stored.New.class::cast)
                    .toList();
            if (fresh.stream().anyMatch(Stored.New::turned)) {
                turned.run();
            }
            log.atInfo()
                    .addKeyValue("inbound", fresh.size())
                    .addKeyValue("duplicates", stored.size() - fresh.size())
                    .addKeyValue(
                            "nobodys",
                            fresh.stream().filter(Stored.New::nobodys).count())
                    .addKeyValue(
                            "consents_changed",
                            fresh.stream().filter(Stored.New::changed).count())
                    .addKeyValue(
                            "answered",
                            fresh.stream().filter(Stored.New::answered).count())
                    .addKeyValue("inbound_id", arrivals.getFirst().message().id())
                    .addKeyValue(
                            "commit_ms",
                            Duration.ofNanos(System.nanoTime() - startedNanos).toMillis())
                    .log("Stored inbound messages");
        });
    }
}
