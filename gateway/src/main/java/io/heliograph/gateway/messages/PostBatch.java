package io.heliograph.gateway.messages;

import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.IdempotencyKey;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.messages.reading.FirstAnswers;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.Accepted;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/messages/batch}: up to 1,000 messages in one request, stored by one statement, with an answer for each. A
 * bad item is refused with its reason; the others are accepted.
 */
final class PostBatch {
    private static final String OPERATION = "batch";

    private final BatchReader reader;
    private final AcceptMessage acceptMessage;
    private final FirstAnswers firstAnswers;
    private final Supplier<UUID> ids;

    PostBatch(BatchReader reader, AcceptMessage acceptMessage, FirstAnswers firstAnswers, Supplier<UUID> ids) {
        this.reader = reader;
        this.acceptMessage = acceptMessage;
        this.firstAnswers = firstAnswers;
        this.ids = ids;
    }

    Future<Answer> post(RoutingContext context, Caller caller) {
        String keyValue = IdempotencyKey.header(context);
        JsonObject body = JsonBody.object(context);
        AcceptIntent.Key key =
                keyValue == null ? null : new AcceptIntent.Key(keyValue, IdempotencyKey.hash(OPERATION, body));
        UUID batchId = ids.get();
        BatchItems items = reader.read(caller, body, keyValue);
        Future<Accepted> accepted = items.submitted().isEmpty()
                // Like a single message that is refused, it leaves its key free for the corrected request.
                ? Future.succeededFuture(new Accepted.Answered(List.of(), false))
                : acceptMessage.accept(new AcceptIntent(caller.accountId(), key, batchId, items.submitted()));
        return accepted.compose(done -> switch (done) {
            case Accepted.BatchKeyReused _ ->
                Future.failedFuture(Problem.keyReused().exception());
            case Accepted.Answered answered -> answer(caller, batchId, items, answered);
        });
    }

    /** Once an item is stored, no other may fail the batch: the client would send the stored one again. */
    private Future<Answer> answer(Caller caller, UUID batchId, BatchItems items, Accepted.Answered answered) {
        boolean stored = answered.items().stream().anyMatch(Accepted.Stored.class::isInstance);
        Throwable unknown = stored ? null : causeOfUnknown(answered);
        if (unknown != null) {
            return Future.failedFuture(Problem.keyUnknown().exception(unknown));
        }
        Future<BatchItems.Known> known = known(caller, items, answered);
        return (stored ? known.otherwise(BatchItems.Known.NOTHING) : known)
                .map(found -> answer(batchId, items, answered, found));
    }

    private static @Nullable Throwable causeOfUnknown(Accepted.Answered answered) {
        return answered.items().stream()
                .filter(Accepted.KeyUnknown.class::isInstance)
                .map(item -> ((Accepted.KeyUnknown) item).cause())
                .findFirst()
                .orElse(null);
    }

    private Future<BatchItems.Known> known(Caller caller, BatchItems items, Accepted.Answered answered) {
        List<UUID> replayedIds = answered.items().stream()
                .filter(Accepted.Replayed.class::isInstance)
                .map(item -> ((Accepted.Replayed) item).firstId())
                .toList();
        Future<FirstAnswers.OfMessages> byId = firstAnswers.ofMessages(replayedIds);
        Future<Map<String, JsonObject>> byKey = firstAnswers.underKeys(caller.accountId(), items.keysOfTheLate());
        return Future.all(byId, byKey)
                .map(found -> new BatchItems.Known(
                        byId.result().byId(), byKey.result(), byId.result().batchId(), true));
    }

    private static Answer answer(UUID batchId, BatchItems items, Accepted.Answered answered, BatchItems.Known known) {
        boolean storedNothing = answered.items().stream().noneMatch(Accepted.Stored.class::isInstance);
        UUID storedUnder = storedNothing ? known.batchId() : batchId;
        JsonArray rendered = items.render(answered.items(), known);
        long accepted = rendered.stream()
                .filter(item -> ((JsonObject) item).containsKey("id"))
                .count();
        JsonObject body =
                storedUnder == null ? new JsonObject() : new JsonObject().put("batch_id", storedUnder.toString());
        JsonObject _ = body.put("accepted", accepted)
                .put("refused", rendered.size() - accepted)
                .put("items", rendered);
        if (accepted == 0) {
            throw new Problem(
                            ProblemCode.NO_ITEM_ACCEPTED,
                            "None of the items could be accepted; items says why.",
                            List.of(),
                            body)
                    .exception();
        }
        return storedNothing ? Answer.accepted(body).replayed() : Answer.accepted(body);
    }
}
