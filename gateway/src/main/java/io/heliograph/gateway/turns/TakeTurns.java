package io.heliograph.gateway.turns;

import io.heliograph.gateway.turns.Dialog.Name;
import io.heliograph.gateway.turns.TurnStore.Attempt;
import io.heliograph.gateway.turns.TurnStore.Taken;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has people answered who wrote to a number that talks: several at once, each in a transaction, on any number of gateways. What one that
 * died was about to answer is another's.
 */
public final class TakeTurns {
    private static final Logger log = LoggerFactory.getLogger(TakeTurns.class);

    /** Transactions at once. */
    private static final int PLACES = 6;
    /** And one that looks what waits. */
    private static final int CONNECTIONS_MAX = PLACES + 1;

    private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(5);
    /** About a quarter of an hour: an answer that is later than that answers nothing. */
    private static final int TRIES_MAX = 11;

    /** A turn that would have to wait for somebody else's transaction is put off for so long, and less than twice so long. */
    private static final Duration BUSY_PAUSE_MIN = Duration.ofMillis(100);
    /** After that to be put off is to fail. */
    private static final Duration BUSY_MAX = Duration.ofMinutes(10);
    /** For locks that no dialog knows of. */
    private static final Duration LOCK_WAIT_MAX = Duration.ofMillis(250);

    private final TurnStore store;
    private final Map<Name, Dialog> dialogs = new EnumMap<>(Name.class);
    private final TurnMeters meters;
    private final AtomicInteger busy = new AtomicInteger();
    /** Raised by whoever has something new: a place that found nothing looks again when it was raised meanwhile. */
    private final AtomicLong asked = new AtomicLong();

    public TakeTurns(Pool pool, Map<Name, Dialog> dialogs, TurnMeters meters) {
        this.store = new TurnStore(pool);
        this.dialogs.putAll(dialogs);
        this.meters = meters;
    }

    /** Where turns are taken: none of them waits for long behind what somebody else holds, and has others wait behind it. */
    public static Pool pool(Vertx vertx, DatabaseUrl url) {
        PgConnectOptions options = url.connectOptions("heliograph-gateway-turns")
                .addProperty("lock_timeout", Long.toString(LOCK_WAIT_MAX.toMillis()));
        return Database.pool(vertx, options, CONNECTIONS_MAX);
    }

    /** Something may be there to be taken; waits for nothing. */
    public void nudge() {
        long _ = asked.incrementAndGet();
        if (busy.getAndUpdate(places -> Math.min(places + 1, PLACES)) < PLACES) {
            work();
        }
    }

    /** For those that nobody told of: whose gateway died, or that had to wait. Answers how many wait. */
    public Future<Long> sweep() {
        return store.waiting().onSuccess(waiting -> {
            meters.waiting(waiting);
            if (waiting > 0) {
                nudge();
            }
        });
    }

    private void work() {
        long before = asked.get();
        Future<Boolean> _ = runOnce().onComplete(took -> {
            if (took.succeeded() && (took.result() || asked.get() != before)) {
                work();
            } else {
                int _ = busy.decrementAndGet();
                // Who was told that all places were busy, a moment before this one was not.
                if (took.succeeded() && asked.get() != before) {
                    nudge();
                }
            }
        });
    }

    /** Takes one turn. Answers whether there was one. */
    Future<Boolean> runOnce() {
        String[] words = dialogs.keySet().stream().map(Name::word).toArray(String[]::new);
        return store.take(words, this::answer).compose(attempt -> switch (attempt) {
            case Attempt.None _ -> Future.succeededFuture(false);
            case Attempt.Done _ -> {
                meters.answered();
                yield Future.succeededFuture(true);
            }
            case Attempt.Busy(Taken taken, Throwable why) ->
                store.putOff(taken, BUSY_PAUSE_MIN, BUSY_MAX)
                        .compose(isPutOff -> isPutOff ? putOff() : failed(taken, why))
                        .map(true);
            case Attempt.Failed(Taken taken, Throwable why) ->
                failed(taken, why).map(true);
        });
    }

    private Future<Void> putOff() {
        meters.putOff();
        return Future.succeededFuture();
    }

    private Future<Void> answer(SqlConnection connection, Taken taken) {
        Dialog dialog = dialogs.get(Name.of(taken.dialog()));
        return taken.turn() == null || dialog == null
                ? Future.succeededFuture()
                : dialog.take(connection, taken.turn());
    }

    private Future<Void> failed(Taken taken, Throwable why) {
        boolean isLast = taken.tries() + 1 >= TRIES_MAX;
        // Its class alone: what the database says may repeat what somebody wrote.
        log.atWarn()
                .addKeyValue("inbound_id", taken.inboundId())
                .addKeyValue("dialog", taken.dialog())
                .addKeyValue("tries", taken.tries() + 1)
                .addKeyValue("given_up", isLast)
                .addKeyValue("failure", why.getClass().getSimpleName())
                .log("Could not answer an inbound message");
        if (isLast) {
            meters.givenUp();
            return store.giveUp(taken);
        }
        meters.failed();
        return store.postpone(taken, PAUSE_MIN.toMillis(), PAUSE_MAX.toMillis());
    }
}
