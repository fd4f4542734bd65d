package io.heliograph.relay.care;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Walks over all rows of one side of the ledger, slice by slice, round and round. */
final class LedgerSweep {
    /** One slice: the rows after an id. */
    interface Look {
        LedgerSlice after(UUID id, int rowsMax) throws Exception;
    }

    private static final UUID START = new UUID(0, 0);

    private final int rowsMax;
    private UUID after = START;
    private long found;
    private volatile long violations;

    LedgerSweep(int rowsMax) {
        this.rowsMax = rowsMax;
    }

    /** Answers the violations in this slice. */
    long step(Look look) throws Exception {
        LedgerSlice slice = look.after(after, rowsMax);
        found += slice.violations();
        if (slice.lookedAt() < rowsMax) {
            violations = found;
            found = 0;
            after = START;
        } else {
            violations = Math.max(violations, found);
            after = next(slice.last());
        }
        return slice.violations();
    }

    /** In the last whole sweep, or in this one so far when that is more. */
    long violations() {
        return violations;
    }

    private static UUID next(@Nullable UUID last) {
        return last == null ? START : last;
    }
}
