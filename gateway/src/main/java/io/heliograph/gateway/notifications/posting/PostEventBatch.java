package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.IdempotencyKey;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.GroupCommit;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/events/batch}: up to 1,000 events in one request, all of whose messages are stored in one transaction. A bad event is
 * refused with its reason; the others are accepted.
 */
public final class PostEventBatch {
    private static final String OPERATION = "event_batch";

    private final Catalog catalog;
    private final EventBatchReader reader;
    private final GroupCommit<PostedEvents, List<Notified>> commit;

    public PostEventBatch(Catalog catalog, GroupCommit<PostedEvents, List<Notified>> commit, Origins origins) {
        this.catalog = catalog;
        this.reader = new EventBatchReader(new EventFields(catalog), origins);
        this.commit = commit;
    }

    public Future<Answer> post(RoutingContext context, Caller caller) {
        String keyValue = IdempotencyKey.header(context);
        JsonObject body = JsonBody.object(context);
        return catalog.ready(caller.accountId()).compose(ready -> post(body, keyValue, caller));
    }

    private Future<Answer> post(JsonObject body, @Nullable String keyValue, Caller caller) {
        AcceptIntent.Key key =
                keyValue == null ? null : new AcceptIntent.Key(keyValue, IdempotencyKey.hash(OPERATION, body));
        EventBatch batch = reader.read(caller, body, keyValue);
        if (batch.submitted().isEmpty()) {
            // Like a single event that is refused, it leaves its key free for the corrected request.
            return Future.failedFuture(nothingAccepted(batch.render(List.of())));
        }
        return commit.submit(new PostedEvents(caller.accountId(), key, batch.submitted()))
                .map(answers -> answer(batch, answers));
    }

    private static Answer answer(EventBatch batch, List<Notified> answers) {
        if (answers.stream().anyMatch(Notified.BatchKeyReused.class::isInstance)) {
            throw Problem.keyReused().exception();
        }
        JsonArray items = batch.render(answers);
        long accepted = items.stream()
                .filter(item -> ((JsonObject) item).containsKey("id"))
                .count();
        if (accepted == 0) {
            throw nothingAccepted(items);
        }
        Answer answer = Answer.accepted(body(accepted, items));
        return answers.stream().noneMatch(Notified.Stored.class::isInstance) ? answer.replayed() : answer;
    }

    private static JsonObject body(long accepted, JsonArray items) {
        return new JsonObject()
                .put("accepted", accepted)
                .put("refused", items.size() - accepted)
                .put("items", items);
    }

    private static Problem.ProblemException nothingAccepted(JsonArray items) {
        return new Problem(
                        ProblemCode.NO_ITEM_ACCEPTED,
                        "None of the events could be accepted; items says why.",
                        List.of(),
                        body(0, items))
                .exception();
    }
}
