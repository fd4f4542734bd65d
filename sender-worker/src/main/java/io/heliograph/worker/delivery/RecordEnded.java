package io.heliograph.worker.delivery;

import io.heliograph.contract.MessageStatus;
import io.heliograph.worker.delivery.EndedCalls.Ended;
import io.heliograph.worker.delivery.EndedCalls.Sent;
import io.heliograph.worker.ledger.Ledger;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what has ended: a whole batch in one statement, and then its ids are done. A call that hangs holds up nobody. */
public final class RecordEnded {
    private static final Logger log = LoggerFactory.getLogger(RecordEnded.class);
    private static final Duration WAIT = Duration.ofMillis(250);

    private final String provider;
    private final EndedCalls ended;
    private final Ledger ledger;
    private final DeliveryMeters meters;
    private final int batchMax;

    public RecordEnded(String provider, EndedCalls ended, Ledger ledger, DeliveryMeters meters, int batchMax) {
        this.provider = provider;
        this.ended = ended;
        this.ledger = ledger;
        this.meters = meters;
        this.batchMax = batchMax;
    }

    /** Answers how many have been recorded. */
    public int runOnce() throws InterruptedException {
        List<Ended> batch = ended.take(batchMax, WAIT);
        if (batch.isEmpty()) {
            return 0;
        }
        boolean recorded = false;
        try {
            record(batch);
            recorded = true;
        } finally {
            for (Ended one : batch) {
                if (recorded) {
                    one.batch().done(one.verdict().id());
                } else {
                    one.batch().failed(one.verdict().id());
                }
            }
        }
        return batch.size();
    }

    private void record(List<Ended> batch) throws InterruptedException {
        long startedNanos = System.nanoTime();
        int moved = ledger.record(batch.stream().map(Ended::verdict).toList());
        Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
        meters.recorded(moved, took);
        batch.forEach(one -> countSent(one, took));
        log.atInfo()
                .addKeyValue("provider", provider)
                .addKeyValue("verdicts", batch.size())
                .addKeyValue("recorded", moved)
                .addKeyValue("record_ms", took.toMillis())
                .log("Recorded batch");
    }

    private void countSent(Ended one, Duration recording) {
        Sent sent = one.sent();
        if (sent != null && one.verdict().status() == MessageStatus.SENT) {
            meters.sent(
                    sent.claimed().outgoing().channel(),
                    sent.claimed().age().plus(sent.sinceClaim()).plus(recording));
        }
    }
}
