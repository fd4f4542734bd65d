package io.heliograph.relay.publish;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what was published into the log. Hundreds of rounds may end in a second, so the line adds them up: one a second
 * while there is work, and one when it ends.
 */
final class PublishJournal {
    private static final Logger log = LoggerFactory.getLogger(PublishJournal.class);
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private long writtenNanos = System.nanoTime() - INTERVAL_NANOS;
    private int rounds;
    private int promises;
    private int envelopes;
    private int unconfirmed;

    void round(int promisesTaken, int envelopesWritten, int promisesUnconfirmed) {
        rounds++;
        promises += promisesTaken;
        envelopes += envelopesWritten;
        unconfirmed += promisesUnconfirmed;
        rest();
    }

    /** Called also when there is nothing to do, so that the last rounds do not stay untold. */
    void rest() {
        if (rounds == 0 || System.nanoTime() - writtenNanos < INTERVAL_NANOS) {
            return;
        }
        var line = unconfirmed == 0 ? log.atInfo() : log.atWarn();
        line.addKeyValue("rounds", rounds)
                .addKeyValue("promises", promises)
                .addKeyValue("envelopes", envelopes)
                .addKeyValue("unconfirmed", unconfirmed)
                .log("Published due promises");
        writtenNanos = System.nanoTime();
        rounds = 0;
        promises = 0;
        envelopes = 0;
        unconfirmed = 0;
    }
}
