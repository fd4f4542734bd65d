package io.heliograph.worker.testing;

import io.heliograph.worker.provider.Outgoing;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Messages that end, by the statements of workers and gateways, and what follows them. */
public record Followers(LedgerBench bench) {
    /** By the provider where it is, after a relay has published it. */
    public Outgoing claimed(UUID id) throws InterruptedException {
        publishAt(id, "twilio");
        return bench.claimOne(id).outgoing();
    }

    public void publishAt(UUID id, String provider) {
        bench.messages.execute("UPDATE outbox SET topic = ?, publishes = 1 WHERE message_id = ?", provider, id);
    }

    /** As a gateway applies one. */
    public void receipt(UUID id, String status, @Nullable String reason) {
        bench.messages.execute("""
            WITH moved AS (
              UPDATE message SET status = ?, reason = ?, sent_at = coalesce(sent_at, now()), settled_at = now()
              WHERE id = ? AND message_may_move(status, ?)
              RETURNING id
            )
            DELETE FROM outbox o USING moved WHERE o.message_id = moved.id""", status, reason, id, status);
    }

    public void settle(UUID id, String status, @Nullable String reason) {
        bench.messages.execute("""
            WITH moved AS (
              UPDATE message SET status = ?, reason = ?, settled_at = now() WHERE id = ? RETURNING id
            )
            DELETE FROM outbox o USING moved WHERE o.message_id = moved.id""", status, reason, id);
    }

    public UUID follower(UUID id) {
        return Objects.requireNonNull(followerOrNull(id), "Nothing follows");
    }

    public @Nullable UUID followerOrNull(UUID id) {
        return (UUID) bench.messages.one("SELECT id FROM message WHERE fallback_of = ?", id);
    }

    public long followers(UUID id) {
        return (long) bench.messages.number("SELECT count(*) FROM message WHERE fallback_of = ?", id);
    }

    public String channel(UUID id) {
        return String.valueOf(bench.messages.column(id, "channel"));
    }
}
