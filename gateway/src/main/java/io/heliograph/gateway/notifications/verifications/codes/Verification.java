package io.heliograph.gateway.notifications.verifications.codes;

import io.heliograph.contract.Channel;
import io.heliograph.gateway.http.Times;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has to type a code. Everything but the code.
 *
 * @param status as it is stored: a pending one may have expired
 * @param resendAt from when on another code may be sent
 */
public record Verification(
        UUID id,
        String status,
        int checks,
        int sends,
        String recipient,
        Channel channel,
        String purpose,
        OffsetDateTime createdAt,
        OffsetDateTime expiresAt,
        OffsetDateTime resendAt,
        @Nullable OffsetDateTime endedAt,
        List<UUID> messageIds) {

    /** How often a code may be tried. */
    public static final int CHECKS_MAX = 5;
    /** How many codes are sent for one verification. */
    public static final int SENDS_MAX = 5;

    public static final String PENDING = "pending";

    public Verification {
        messageIds = List.copyOf(messageIds);
    }

    public static Verification of(Row row) {
        return new Verification(
                row.getUUID("id"),
                row.getString("status"),
                row.getInteger("checks"),
                row.getInteger("sends"),
                row.getString("recipient"),
                Channel.of(row.getString("channel")),
                row.getString("purpose"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("expires_at"),
                row.getOffsetDateTime("resend_at"),
                row.getOffsetDateTime("ended_at"),
                List.of(row.getArrayOfUUIDs("message_ids")));
    }

    /** After one more code. */
    public Verification sentAgain(Channel by, UUID messageId, OffsetDateTime nextAt) {
        List<UUID> ids =
                Stream.concat(messageIds.stream(), Stream.of(messageId)).toList();
        return new Verification(
                id, status, checks, sends + 1, recipient, by, purpose, createdAt, expiresAt, nextAt, endedAt, ids);
    }

    private boolean isPending(OffsetDateTime now) {
        return status.equals(PENDING) && expiresAt.isAfter(now);
    }

    /** As answers show it at that moment. */
    public JsonObject json(OffsetDateTime now) {
        boolean pending = isPending(now);
        JsonObject json = new JsonObject()
                .put("id", id.toString())
                .put("status", pending || !status.equals(PENDING) ? status : "expired")
                .put("to", recipient)
                .put("channel", channel.word())
                .put("purpose", purpose)
                .put("created_at", Times.text(createdAt))
                .put("expires_at", Times.text(expiresAt));
        if (pending) {
            json.put("checks_left", CHECKS_MAX - checks).put("resends_left", SENDS_MAX - sends);
            if (sends < SENDS_MAX && resendAt.isBefore(expiresAt)) {
                json.put("resend_after", Times.text(resendAt));
            }
        }
        if (endedAt != null) {
            json.put("ended_at", Times.text(endedAt));
        }
        return json.put(
                "message_ids",
                new JsonArray(messageIds.stream().map(UUID::toString).toList()));
    }

    /** Names nobody. */
    @Override
    public String toString() {
        return "verification " + id;
    }
}
