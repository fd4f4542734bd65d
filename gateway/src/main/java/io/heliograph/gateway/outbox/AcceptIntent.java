package io.heliograph.gateway.outbox;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one request wants stored: one message or a batch of them, each perhaps under an idempotency key.
 *
 * @param batchId names the messages of one batch; null for what is none
 */
public record AcceptIntent(
        long accountId, @Nullable Key batchKey, @Nullable UUID batchId, List<Item> items)
        implements GroupCommit.Intent {
    /** An idempotency key and the hash of what it stands for. */
    public record Key(String value, Buffer requestHash) {}

    /** A message, and its key if it has one. */
    public record Item(@Nullable Key key, NewMessage message) {}

    public AcceptIntent {
        items = List.copyOf(items);
    }

    /** Of no batch. */
    public AcceptIntent(long accountId, @Nullable Key batchKey, List<Item> items) {
        this(accountId, batchKey, null, items);
    }

    @Override
    public int rows() {
        return items.size();
    }

    @Override
    public int bytes() {
        return items.stream().mapToInt(item -> item.message().bytes()).sum();
    }
}
