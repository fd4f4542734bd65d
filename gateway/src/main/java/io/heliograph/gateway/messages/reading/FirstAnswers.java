package io.heliograph.gateway.messages.reading;

import io.heliograph.gateway.http.Resource;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was answered when a message was accepted, for requests that come again under the same idempotency key. */
public final class FirstAnswers {
    private final MessageStore store;

    public FirstAnswers(MessageStore store) {
        this.store = store;
    }

    /** What was answered about messages, and the batch that one of them came with, if any did. */
    public record OfMessages(
            Map<UUID, JsonObject> byId, @Nullable UUID batchId) {
        private static final OfMessages NONE = new OfMessages(Map.of(), null);
    }

    /** The caller has checked that the messages are its account's. */
    public Future<OfMessages> ofMessages(Collection<UUID> ids) {
        List<UUID> distinct = ids.stream().distinct().toList();
        return distinct.isEmpty()
                ? Future.succeededFuture(OfMessages.NONE)
                : store.findAll(distinct)
                        .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                        .map(FirstAnswers::ofMessages);
    }

    private static OfMessages ofMessages(List<Row> rows) {
        return new OfMessages(
                rows.stream().collect(Collectors.toMap(row -> row.getUUID("id"), MessageView::acceptedBefore)),
                rows.stream()
                        .map(row -> row.getUUID("batch_id"))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    /** By idempotency key, of those keys that stand for a message that was asked for with the same hash. */
    public Future<Map<String, JsonObject>> underKeys(long accountId, Map<String, Buffer> hashes) {
        return hashes.isEmpty()
                ? Future.succeededFuture(Map.of())
                : store.findByKeys(accountId, hashes.keySet())
                        .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                        .map(rows -> rows.stream()
                                .filter(row -> row.getBuffer("request_hash").equals(hashes.get(row.getString("key"))))
                                .collect(Collectors.toMap(row -> row.getString("key"), MessageView::acceptedBefore)));
    }
}
