package io.heliograph.relay.retention;

import io.vertx.sqlclient.Pool;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops the days of messages and attempts that are past everybody's retention, the oldest first. A day is looked at before, some messages at
 * a time: one that is neither settled nor promised is a fault that has to be seen, and goes with no day.
 */
public final class DayDropper {
    private static final Logger log = LoggerFactory.getLogger(DayDropper.class);
    /** Some tens of milliseconds. */
    private static final int MESSAGES_MAX = 20_000;
    /** Likewise. */
    private static final int ROWS_MAX = 2_000;

    /** With five minutes between them, an hour. */
    private static final int ROUNDS_OF_REST = 12;

    private static final UUID START = new UUID(0, 0);

    /** How far a day was looked at. */
    private record Look(LocalDate day, UUID after, long messages, boolean isDone) {
        static Look begin(LocalDate day) {
            return new Look(day, START, 0, false);
        }

        Look on(DaySlice slice) {
            UUID last = slice.last();
            return new Look(
                    day, last == null ? after : last, messages + slice.messages(), slice.messages() < MESSAGES_MAX);
        }
    }

    private final DayStore store;
    private final RetentionMeters meters;
    private @Nullable Look look;
    private LocalDate done = LocalDate.MIN;
    /** Days that were read for nothing, by how many rounds they are still left alone. */
    private final Map<LocalDate, Integer> resting = new HashMap<>();

    public DayDropper(Pool pool, RetentionMeters meters) {
        this.store = new DayStore(pool);
        this.meters = meters;
    }

    /** One step; answers 0 when there is nothing more to do for now. */
    public int runOnce() throws TimeoutException {
        Look current = look == null ? next() : look;
        if (current == null) {
            done = LocalDate.MIN;
            resting.replaceAll((day, rounds) -> rounds - 1);
            resting.values().removeIf(rounds -> rounds == 0);
            return 0;
        }
        return current.isDone() ? drop(current) : lookOn(current);
    }

    /** Forgets what lies outside all days, and the receipts of what is gone; answers how many rows. */
    public int forgetLeftovers() throws TimeoutException {
        int strays = store.forgetStrays(ROWS_MAX);
        int receipts = store.forgetReceipts(ROWS_MAX);
        if (strays + receipts > 0) {
            meters.forgot("message", strays);
            meters.forgot("callback", receipts);
            log.atInfo()
                    .addKeyValue("messages", strays)
                    .addKeyValue("receipts", receipts)
                    .log("Forgot what days that were dropped have left");
        }
        return strays + receipts;
    }

    private @Nullable Look next() throws TimeoutException {
        List<DayStore.Due> due = store.due();
        meters.overdue(due.size());
        return due.stream()
                .filter(one -> !one.isPromised() && one.day().isAfter(done) && !resting.containsKey(one.day()))
                .findFirst()
                .map(one -> Look.begin(one.day()))
                .orElse(null);
    }

    private int lookOn(Look current) throws TimeoutException {
        DaySlice slice = store.look(current.day(), current.after(), MESSAGES_MAX);
        if (slice.unsettled() == 0) {
            look = current.on(slice);
            return 1;
        }
        log.atWarn()
                .addKeyValue("day", current.day())
                .addKeyValue("unsettled", slice.unsettled())
                .log(
                        "Messages of a day that should go are neither settled nor promised; it stays: GET /v1/ledger tells which");
        return rest(current);
    }

    private int drop(Look current) throws TimeoutException {
        return switch (store.drop(current.day())) {
            case DROPPED -> {
                meters.droppedDay();
                meters.forgot("message", (double) current.messages());
                log.atInfo()
                        .addKeyValue("day", current.day())
                        .addKeyValue("messages", current.messages())
                        .log("Dropped a day of messages");
                yield leave(current);
            }
            case GONE -> leave(current);
            case KEPT -> {
                log.atInfo().addKeyValue("day", current.day()).log("A day that should go is still waited for");
                yield rest(current);
            }
            // It is tried again, after a pause that grows.
            case LOCKED -> {
                log.atInfo()
                        .addKeyValue("day", current.day())
                        .log("Somebody reads messages for long; the day goes later");
                yield 0;
            }
        };
    }

    /** It would be read in full again, every few minutes, to learn the same. */
    private int rest(Look current) {
        resting.put(current.day(), ROUNDS_OF_REST);
        return leave(current);
    }

    /** To the next one. */
    private int leave(Look current) {
        look = null;
        done = current.day();
        return 1;
    }
}
