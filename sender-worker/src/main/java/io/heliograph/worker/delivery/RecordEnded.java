package io.heliograph.worker.delivery;

import io.heliograph.contract.MessageStatus;
import io.heliograph.worker.delivery.EndedCalls.Ended;
import io.heliograph.worker.delivery.EndedCalls.Sent;
import io.heliograph.worker.ledger.Claims.ToSend;
import io.heliograph.worker.ledger.Ledger;
import io.heliograph.worker.recipients.TakePlaces;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what has ended: a whole batch in one statement, and then its ids are done. A call that hangs holds up nobody. */
public final class RecordEnded {
    private static final Logger log = LoggerFactory.getLogger(RecordEnded.class);
    private static final Duration WAIT = Duration.ofMillis(250);

    private final String provider;
    private final EndedCalls ended;
    private final Ledger ledger;
    private final TakePlaces places;
    private final DeliveryMeters meters;
    private final int batchMax;

    public RecordEnded(String provider, EndedCalls ended, Deliver.Shared shared, int batchMax) {
        this.provider = provider;
        this.ended = ended;
        this.ledger = shared.ledger();
        this.places = shared.places();
        this.meters = shared.meters();
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
        // First, so that a message which goes to another provider at once finds its own place free.
        places.giveBack(unsent(batch));
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

    /** What a provider has, or may have, keeps its recipient's place. */
    private static List<ToSend> unsent(List<Ended> batch) {
        return batch.stream()
                .filter(one -> one.sent() != null
                        && one.verdict().status() != MessageStatus.SENT
                        && one.verdict().status() != MessageStatus.UNKNOWN)
                .map(one -> Objects.requireNonNull(one.sent()).claimed())
                .toList();
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
