package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.outbox.AcceptMeters;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits events, counts what became of them, and writes one line for each commit. */
public final class MeasuredEvents {
    private static final Logger log = LoggerFactory.getLogger(MeasuredEvents.class);

    private final CommitEvents commit;
    private final AcceptMeters meters;

    public MeasuredEvents(CommitEvents commit, AcceptMeters meters) {
        this.commit = commit;
        this.meters = meters;
    }

    public Future<List<List<Notified>>> commit(List<PostedEvents> requests) {
        long startedNanos = System.nanoTime();
        return commit.commit(requests)
                .onSuccess(answers -> record(answers, Duration.ofNanos(System.nanoTime() - startedNanos)));
    }

    private void record(List<List<Notified>> answers, Duration took) {
        int accepted = 0;
        int replayed = 0;
        int refused = 0;
        for (List<Notified> request : answers) {
            for (Notified notified : request) {
                switch (notified) {
                    case Notified.Stored _ -> accepted++;
                    case Notified.Replayed _ -> replayed++;
                    case Notified.KeyReused _, Notified.BatchKeyReused _, Notified.UnknownUser _ -> refused++;
                    // A refusal for now, which is counted and logged where it is answered.
                    case Notified.KeyUnknown _ -> {}
                }
            }
        }
        meters.committedEvents(accepted, replayed, refused);
        log.atInfo()
                .addKeyValue("events", accepted)
                .addKeyValue("replayed", replayed)
                .addKeyValue("refused", refused)
                .addKeyValue("commit_ms", took.toMillis())
                .log("Accepted events");
    }
}
