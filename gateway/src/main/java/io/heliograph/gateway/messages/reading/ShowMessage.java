package io.heliograph.gateway.messages.reading;

import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.http.Problem;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/** {@code GET /v1/messages/{id}}: one message with its attempts and its story. */
public final class ShowMessage {
    private final MessageStore store;

    public ShowMessage(MessageStore store) {
        this.store = store;
    }

    /** Fails with the problem that the caller has no such message. */
    public Future<JsonObject> show(Caller caller, UUID id) {
        return store.find(id, caller.accountId()).compose(row -> {
            if (row == null) {
                return Future.failedFuture(Problem.noSuchMessage().exception());
            }
            return withStory(row);
        });
    }

    private Future<JsonObject> withStory(Row message) {
        UUID id = message.getUUID("id");
        return Future.all(store.attempts(id), store.receipts(id), store.follower(message))
                .map(found -> {
                    List<Row> attempts = found.resultAt(0);
                    List<Row> receipts = found.resultAt(1);
                    List<Row> follower = found.resultAt(2);
                    JsonObject story = MessageView.full(message);
                    follower.forEach(
                            row -> story.put("fallback_id", row.getUUID("id").toString()));
                    return story.put("attempts", Timeline.attempts(attempts))
                            .put("timeline", Timeline.of(message, new Timeline.Story(attempts, receipts, follower)));
                });
    }
}
