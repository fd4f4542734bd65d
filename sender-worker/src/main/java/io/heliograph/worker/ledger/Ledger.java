package io.heliograph.worker.ledger;

import io.heliograph.runtime.Failures;
import io.heliograph.runtime.Ids;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims and records batches, and does not let go of their results while the database is away. */
public final class Ledger {
    private static final Logger log = LoggerFactory.getLogger(Ledger.class);

    private final ClaimStore claims;
    private final ReplayStore replays;
    private final RecordStore records;
    private final Patience patience;

    public Ledger(ClaimStore claims, ReplayStore replays, RecordStore records, Patience patience) {
        this.claims = claims;
        this.replays = replays;
        this.records = records;
        this.patience = patience;
    }

    /** The batch's id makes a repeated claim the same claim. */
    public Claims claim(List<UUID> ids, String provider, UUID batch) throws InterruptedException {
        List<UUID> sorted = ids.stream().distinct().sorted(Ids.ORDER).toList();
        Claims claimed = claimSorted(sorted, provider, batch, false);
        if (claimed.size() < sorted.size()) {
            claimed = claimed.and(claimReplays(sorted, provider, batch));
        }
        if (claimed.size() < sorted.size()) {
            // What was claimed leaves meanwhile: it must not wait for this, nor be lost with it.
            claims.hasten(sorted, batch)
                    .onFailure(failure -> log.atWarn()
                            .addKeyValue("error", Failures.describe(failure))
                            .log("Could not pull promises near, they come when they are due"));
        }
        return claimed;
    }

    /** Those that are still wanted are claimed, and the others end here. */
    private Claims claimReplays(List<UUID> ids, String provider, UUID batch) throws InterruptedException {
        try {
            ReplayStore.Looked looked = patience.repeat(() -> replays.cancelArrived(ids));
            List<UUID> wanted = looked.wanted();
            Claims claimed = wanted.isEmpty() ? Claims.NONE : claimSorted(wanted, provider, batch, true);
            return claimed.canceled(looked.canceled());
        } catch (Patience.RefusedByDatabaseException e) {
            // What has been claimed beside them must leave all the same.
            log.atError()
                    .addKeyValue("error", e.getMessage())
                    .log("Could not look into replays, their promises will bring them again");
            return Claims.NONE;
        }
    }

    /** One message that the database does not let go must not hold up its neighbours. */
    private Claims claimSorted(List<UUID> ids, String provider, UUID batch, boolean replays)
            throws InterruptedException {
        try {
            return patience.repeat(() -> claims.claim(ids, provider, batch, replays));
        } catch (Patience.RefusedByDatabaseException e) {
            if (ids.size() == 1) {
                log.atError()
                        .addKeyValue("message_id", ids.getFirst())
                        .addKeyValue("error", e.getMessage())
                        .log("Could not claim a message, its promise will bring it again");
                return Claims.NONE;
            }
            int half = ids.size() / 2;
            return claimSorted(ids.subList(0, half), provider, batch, replays)
                    .and(claimSorted(ids.subList(half, ids.size()), provider, batch, replays));
        }
    }

    /** Answers how many messages were moved. */
    public int record(List<Verdict> verdicts) throws InterruptedException {
        if (verdicts.isEmpty()) {
            return 0;
        }
        List<Verdict> sorted = verdicts.stream()
                .sorted(Comparator.comparing(Verdict::id, Ids.ORDER))
                .toList();
        try {
            return patience.repeat(() -> records.record(sorted));
        } catch (Patience.RefusedByDatabaseException e) {
            return recordInHalves(sorted, e);
        }
    }

    /** One verdict that the database does not take must not hold up its neighbours. */
    private int recordInHalves(List<Verdict> verdicts, Patience.RefusedByDatabaseException failure)
            throws InterruptedException {
        if (verdicts.size() == 1) {
            log.atError()
                    .addKeyValue("message_id", verdicts.getFirst().id())
                    .addKeyValue("error", failure.getMessage())
                    .log("Could not record an attempt, its promise will find it unknown");
            return 0;
        }
        int half = verdicts.size() / 2;
        return record(verdicts.subList(0, half)) + record(verdicts.subList(half, verdicts.size()));
    }
}
