package io.heliograph.gateway.messages.deadletters;

import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.http.IdempotencyKey;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.messages.AcceptMessage;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.fields.MessageFields;
import io.heliograph.gateway.messages.fields.MessageFields.Read;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.Accepted;
import io.heliograph.gateway.outbox.NewMessage;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/dead-letters/replay}: makes a new message of each dead letter, through the door that every message comes in by, so
 * that every check is made again. A dead letter is sent anew once, whoever asks how often: its idempotency key is stored with the
 * new message, and the new message names it for ever.
 */
final class ReplayDeadLetters {
    private static final Logger log = LoggerFactory.getLogger(ReplayDeadLetters.class);
    private static final String OPERATION = "replay";
    /** At once in memory: an email may weigh some hundred kilobytes. */
    private static final int ROUND_MAX = 100;
    /** Then the answer says where to go on. With the longest round, this is less than a client waits. */
    private static final Duration ROUNDS_MAX = Duration.ofSeconds(4);

    private static final long LOOK_SECONDS_MAX = 10;

    private final DeadLetterStore store;
    private final MessageFields fields;
    private final AcceptMessage acceptMessage;
    private final Origins origins;

    ReplayDeadLetters(DeadLetterStore store, MessageFields fields, AcceptMessage acceptMessage, Origins origins) {
        this.store = store;
        this.fields = fields;
        this.acceptMessage = acceptMessage;
        this.origins = origins;
    }

    /** Throws the problem of a body that is no request. */
    Future<JsonObject> replay(Caller caller, JsonObject body) {
        OffsetDateTime now = OffsetDateTime.now(origins.clock());
        Run run = new Run(caller, ReplayRequest.read(body, now), now, System.nanoTime());
        return run.rounds(run.request.filter()).map(done -> {
            run.tell();
            return run.answer.json();
        });
    }

    /** One dead letter on its way to a new message. */
    private record Replay(Row row, OffsetDateTime sendAt, AcceptIntent.Item item) {}

    /** One request, round by round. */
    private final class Run {
        private final Caller caller;
        private final ReplayRequest request;
        private final OffsetDateTime now;
        private final long startedNanos;
        private final ReplayAnswer answer;
        private int sent;

        Run(Caller caller, ReplayRequest request, OffsetDateTime now, long startedNanos) {
            this.caller = caller;
            this.request = request;
            this.now = now;
            this.startedNanos = startedNanos;
            this.answer = new ReplayAnswer(request.dryRun());
        }

        Future<Void> rounds(DeadLetterFilter filter) {
            int limit = Math.min(ROUND_MAX, request.limit() - answer.size());
            return store.open(caller.accountId(), filter, limit)
                    .timeout(LOOK_SECONDS_MAX, TimeUnit.SECONDS)
                    .compose(look -> round(look.found()).compose(done -> {
                        answer.lookedUpTo(look.next());
                        return look.next() == null || isEnough()
                                ? Future.succeededFuture()
                                : rounds(filter.after(look.next()));
                    }));
        }

        private boolean isEnough() {
            return answer.size() >= request.limit() || System.nanoTime() - startedNanos > ROUNDS_MAX.toNanos();
        }

        private Future<Void> round(List<Row> found) {
            List<Replay> replays = new ArrayList<>();
            found.forEach(row -> prepare(row, replays));
            if (request.dryRun()) {
                replays.forEach(replay -> answer.replayed(replay.row(), null, replay.sendAt()));
            }
            if (request.dryRun() || replays.isEmpty()) {
                return Future.succeededFuture();
            }
            List<AcceptIntent.Item> items = replays.stream().map(Replay::item).toList();
            return acceptMessage
                    .accept(new AcceptIntent(caller.accountId(), null, items))
                    .map(accepted -> {
                        tellOf(replays, accepted);
                        return null;
                    });
        }

        private void prepare(Row row, List<Replay> replays) {
            if (row.getBoolean("may_have_been_sent") && !request.includePossibleDuplicates()) {
                answer.leftOut(row);
                return;
            }
            if (row.getOffsetDateTime("redacted_at") != null) {
                answer.refused(row, Problem.redacted());
                return;
            }
            UUID id = row.getUUID("id");
            OffsetDateTime sendAt = request.timeOf(sent, now);
            switch (fields.read(Original.request(row, sendAt), "", origins.nextFor(caller, id))) {
                case Read.Invalid invalid -> answer.refused(row, Problem.invalid(invalid.mistakes()));
                case Read.Valid valid -> {
                    sent++;
                    NewMessage message = valid.message().with(Original.twilio(row), Original.told(row));
                    replays.add(new Replay(row, sendAt, new AcceptIntent.Item(key(id), message)));
                }
            }
        }

        private void tellOf(List<Replay> replays, Accepted accepted) {
            if (!(accepted instanceof Accepted.Answered answered)) {
                throw new IllegalStateException("Without a key for all of them, each is answered");
            }
            for (int i = 0; i < replays.size(); i++) {
                Replay replay = replays.get(i);
                switch (answered.items().get(i)) {
                    case Accepted.Stored stored ->
                        answer.replayed(replay.row(), stored.message().id(), replay.sendAt());
                    case Accepted.Replayed(UUID firstId) -> answer.replayedBefore(replay.row(), firstId);
                    case Accepted.KeyReused _ -> answer.refused(replay.row(), Problem.keyReused());
                    case Accepted.OptedOut _ -> answer.refused(replay.row(), Problem.optedOut());
                    case Accepted.KeyUnknown _ -> answer.refused(replay.row(), Problem.keyUnknown());
                }
            }
        }

        void tell() {
            log.atInfo()
                    .addKeyValue("replayed", answer.replayed())
                    .addKeyValue("refused", answer.refused())
                    .addKeyValue("left_out", answer.leftOut())
                    .addKeyValue("dry_run", request.dryRun())
                    .addKeyValue("took_ms", (System.nanoTime() - startedNanos) / 1_000_000)
                    .log("Replayed dead letters");
        }
    }

    private static AcceptIntent.Key key(UUID id) {
        return new AcceptIntent.Key(
                IdempotencyKey.ofReplay(id), IdempotencyKey.hash(OPERATION, new JsonObject().put("id", id.toString())));
    }
}
