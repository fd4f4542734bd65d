package io.heliograph.gateway.notifications.verifications.checking;

import io.heliograph.gateway.notifications.verifications.codes.CodeKeys.Hashes;
import io.heliograph.gateway.outbox.GroupCommit;
import java.util.UUID;

/** A code that somebody has typed, hashed: the code itself goes no further than the request. */
public record Check(UUID verification, long accountId, Hashes hashes) implements GroupCommit.Intent {
    private static final int BYTES = 100;

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public int bytes() {
        return BYTES;
    }

    @Override
    public String toString() {
        return "check of verification " + verification;
    }
}
