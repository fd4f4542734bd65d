package io.heliograph.gateway.notifications.verifications.issuing;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Locale;

/** What codes are counted by. */
record Count(long accountId, Kind kind, String key) {
    enum Kind {
        NUMBER(Duration.ofHours(1)),
        PREFIX(Duration.ofHours(1)),
        CLIENT_IP(Duration.ofHours(1)),
        ACCOUNT(Duration.ofMinutes(1));

        private final Duration window;

        Kind(Duration window) {
            this.window = window;
        }

        Duration window() {
            return window;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How many were sent before this transaction, in the window that runs until then, and in the day. */
    record Used(int used, OffsetDateTime endsAt, int dayUsed, OffsetDateTime dayEndsAt) {
        Used andOne() {
            return new Used(used + 1, endsAt, dayUsed + 1, dayEndsAt);
        }
    }

    /** Names nobody. */
    @Override
    public String toString() {
        return kind + " of account " + accountId;
    }
}
