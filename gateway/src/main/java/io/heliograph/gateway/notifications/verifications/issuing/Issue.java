package io.heliograph.gateway.notifications.verifications.issuing;

import io.heliograph.gateway.notifications.verifications.codes.CodeText;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.GroupCommit;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A code that shall be sent: for a new verification, or for one that is pending.
 *
 * @param id of the verification, should it become a new one
 * @param country the calling code of the number; null for an address
 * @param clientIp who asked the application for it; null when it does not say
 * @param key null when it may be asked twice
 * @param again the verification that it must be for; null for that of the recipient and purpose, or a new one
 */
public record Issue(
        UUID id,
        UUID messageId,
        long accountId,
        String purpose,
        @Nullable String country,
        @Nullable String clientIp,
        String code,
        Duration expiry,
        CodeText text,
        AcceptIntent.@Nullable Key key,
        @Nullable UUID again,
        OffsetDateTime estimatedSendAt)
        implements GroupCommit.Intent {
    private static final int MESSAGE_BYTES = 1_000;

    String recipient() {
        return text.first().to();
    }

    /** By the number always: that lock is what keeps two requests for it from making two verifications. */
    List<Count> counts(Limits limits) {
        List<Count> counts = new ArrayList<>(Count.Kind.values().length);
        counts.add(new Count(accountId, Count.Kind.NUMBER, recipient()));
        if (limits.perPrefixHour() > 0 && country != null) {
            counts.add(new Count(accountId, Count.Kind.PREFIX, prefix(limits.prefixDigits())));
        }
        if (limits.perClientIpHour() > 0 && clientIp != null) {
            counts.add(new Count(accountId, Count.Kind.CLIENT_IP, clientIp));
        }
        if (limits.perAccountMinute() > 0) {
            counts.add(new Count(accountId, Count.Kind.ACCOUNT, ""));
        }
        return counts;
    }

    /** Without the plus. */
    private String prefix(int digits) {
        return recipient().substring(1, Math.min(recipient().length(), digits + 1));
    }

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public int bytes() {
        return MESSAGE_BYTES * text.ways().size();
    }

    /** Names nobody, and tells no code. */
    @Override
    public String toString() {
        return "code of verification " + id;
    }
}
