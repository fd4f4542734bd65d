package io.heliograph.gateway.outbox;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What taken keys stand for; with a failure, nobody could say. */
record FirstUses(Map<KeyId, FirstUse> found, @Nullable Throwable failure) {
    record KeyId(long accountId, String key) {}

    record FirstUse(Buffer requestHash, @Nullable UUID messageId) {}

    boolean hasOtherRequest(long accountId, AcceptIntent.Key key) {
        FirstUse first = found.get(new KeyId(accountId, key.value()));
        return first != null && !first.requestHash().equals(key.requestHash());
    }

    /** For a request that was not stored because its key was taken, or, if it may be, because its recipient has opted out. */
    Accepted.ItemAnswer answer(long accountId, AcceptIntent.Key key, boolean mayBeUnused) {
        if (failure != null) {
            return new Accepted.KeyUnknown(failure);
        }
        FirstUse first = found.get(new KeyId(accountId, key.value()));
        if (first == null && mayBeUnused) {
            return new Accepted.OptedOut();
        }
        UUID firstId = first == null || hasOtherRequest(accountId, key) ? null : first.messageId();
        return firstId == null ? new Accepted.KeyReused() : new Accepted.Replayed(firstId);
    }
}
