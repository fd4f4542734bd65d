package io.heliograph.gateway.notifications.verifications.issuing;

import io.heliograph.contract.Channel;
import io.heliograph.gateway.notifications.verifications.codes.CodeText;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.GroupCommit;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A code that shall be sent: for a new verification, or for one that is pending.
 *
 * @param id of the verification, should it become a new one
 * @param country the calling code of the number; null for an address
 * @param clientIp who asked the application for it; null when it does not say
 * @param key null when it may be asked twice
 * @param limits of the account, at the time of asking: what is counted and what is given back is counted alike
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
        Limits limits,
        AcceptIntent.@Nullable Key key,
        @Nullable UUID again,
        OffsetDateTime estimatedSendAt)
        implements GroupCommit.Intent {
    private static final int MESSAGE_BYTES = 1_000;

    Set<String> addresses() {
        return text.ways().stream().map(CodeText.Way::to).collect(Collectors.toSet());
    }

    String recipient() {
        return text.first().to();
    }

    /**
     * By the number always: that lock is what keeps two requests for it from making two verifications. By those that may get it later, if
     * the first way fails, as well: whoever is paid for what a number gets would name an address first at which nothing arrives.
     */
    List<Count> counts() {
        Set<Count> counts = new LinkedHashSet<>();
        for (CodeText.Way way : text.ways()) {
            counts.add(new Count(accountId, Count.Kind.NUMBER, way.to()));
            if (limits.perPrefixHour() > 0 && way.channel() != Channel.EMAIL) {
                counts.add(new Count(accountId, Count.Kind.PREFIX, prefix(way.to())));
            }
        }
        if (limits.perClientIpHour() > 0 && clientIp != null) {
            counts.add(new Count(accountId, Count.Kind.CLIENT_IP, clientIp));
        }
        if (limits.perAccountMinute() > 0) {
            counts.add(new Count(accountId, Count.Kind.ACCOUNT, ""));
        }
        return List.copyOf(counts);
    }

    /** Without the plus. */
    private String prefix(String number) {
        return number.substring(1, Math.min(number.length(), limits.prefixDigits() + 1));
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
