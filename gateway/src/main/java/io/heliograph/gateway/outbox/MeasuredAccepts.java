package io.heliograph.gateway.outbox;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts messages, counts what became of them, and writes one line for each commit: see decision 6. */
public final class MeasuredAccepts {
    private static final Logger log = LoggerFactory.getLogger(MeasuredAccepts.class);

    private final SqlClient client;
    private final Topics topics;
    private final ErasedPersons erased;
    private final AcceptMeters meters;

    public MeasuredAccepts(SqlClient client, Topics topics, ErasedPersons erased, AcceptMeters meters) {
        this.client = client;
        this.topics = topics;
        this.erased = erased;
        this.meters = meters;
    }

    public Future<List<Accepted>> accept(List<AcceptIntent> intents) {
        long startedNanos = System.nanoTime();
        return AcceptStore.accept(client, intents, topics, erased)
                .onSuccess(answers -> record(answers, Duration.ofNanos(System.nanoTime() - startedNanos)));
    }

    private void record(List<Accepted> answers, Duration took) {
        Tally tally = new Tally();
        answers.forEach(tally::add);
        meters.committed(tally.stored, tally.replayed, tally.keysReused, tally.optedOut);
        log.atInfo()
                .addKeyValue("messages", tally.stored)
                .addKeyValue("replayed", tally.replayed)
                .addKeyValue("keys_reused", tally.keysReused)
                .addKeyValue("opted_out", tally.optedOut)
                .addKeyValue("message_id", tally.firstId)
                .addKeyValue("commit_ms", took.toMillis())
                .log("Accepted messages");
    }

    /** Of one group. */
    private static final class Tally {
        private int stored;
        private int replayed;
        private int keysReused;
        private int optedOut;
        private @Nullable UUID firstId;

        void add(Accepted accepted) {
            switch (accepted) {
                case Accepted.BatchKeyReused _ -> keysReused++;
                case Accepted.Answered answered -> answered.items().forEach(this::add);
            }
        }

        private void add(Accepted.ItemAnswer item) {
            switch (item) {
                case Accepted.Stored(NewMessage message, var _) -> {
                    stored++;
                    firstId = firstId == null ? message.id() : firstId;
                }
                case Accepted.Replayed(UUID id) -> {
                    replayed++;
                    firstId = firstId == null ? id : firstId;
                }
                case Accepted.KeyReused _ -> keysReused++;
                case Accepted.OptedOut _ -> optedOut++;
                // A refusal for now, which is counted and logged where it is answered.
                case Accepted.KeyUnknown _ -> {}
            }
        }
    }
}
