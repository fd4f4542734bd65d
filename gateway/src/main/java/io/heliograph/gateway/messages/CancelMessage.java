package io.heliograph.gateway.messages;

import io.heliograph.contract.MessageStatus;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.IdempotencyKey;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.messages.reading.MessageStore;
import io.heliograph.gateway.messages.reading.MessageView;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes a message back while no worker has claimed it. Cancelling twice is as good as once. */
final class CancelMessage {
    private static final String OPERATION = "cancel";

    private final MessageStore messages;
    private final CancelStore store;

    CancelMessage(MessageStore messages, CancelStore store) {
        this.messages = messages;
        this.store = store;
    }

    /** Answers the message as it is afterwards, or fails with the problem that it is too late. */
    Future<Answer> cancel(Caller caller, UUID id, @Nullable String keyValue) {
        AcceptIntent.Key key = keyValue == null
                ? null
                : new AcceptIntent.Key(
                        keyValue, IdempotencyKey.hash(OPERATION, new JsonObject().put("id", id.toString())));
        return store.cancel(id, caller.accountId(), key)
                .compose(outcome -> outcome.allowed() ? done(outcome) : again(caller, id, key))
                .compose(outcome -> messages.find(id, caller.accountId()).map(row -> answer(caller, outcome, row)))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }

    /**
     * The key was taken by a request that was committed while this one was under way, or long ago. When that was the same
     * request, a second statement sees it.
     */
    private Future<CancelStore.Outcome> again(Caller caller, UUID id, AcceptIntent.@Nullable Key key) {
        if (key == null) {
            throw new IllegalStateException("Without a key nothing stands in the way");
        }
        return store.keyStandsFor(caller.accountId(), key.value())
                .compose(hash -> key.requestHash().equals(hash)
                        ? store.cancel(id, caller.accountId(), key)
                        : done(new CancelStore.Outcome(false, true)));
    }

    private static Future<CancelStore.Outcome> done(CancelStore.Outcome outcome) {
        return Future.succeededFuture(outcome);
    }

    private static Answer answer(Caller caller, CancelStore.Outcome outcome, @Nullable Row row) {
        if (row == null) {
            throw Problem.noSuchMessage().exception();
        }
        if (!outcome.allowed()) {
            throw Problem.keyReused().exception();
        }
        String status = row.getString("status");
        if (!MessageStatus.CANCELED.word().equals(status)) {
            throw Problem.of(
                            ProblemCode.NOT_CANCELABLE,
                            "The message is " + status + "; only a scheduled or queued one can be cancelled.")
                    .exception();
        }
        JsonObject message = MessageView.full(row);
        Answer answer = Answer.ok(caller.mayRead() ? message : MessageView.masked(message));
        return outcome.keyWasThere() ? answer.replayed() : answer;
    }
}
