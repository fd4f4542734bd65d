package io.heliograph.gateway.messages;

import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.IdempotencyKey;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.messages.fields.MessageFields;
import io.heliograph.gateway.messages.fields.MessageFields.Read;
import io.heliograph.gateway.messages.reading.FirstAnswers;
import io.heliograph.gateway.messages.reading.MessageView;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.Accepted;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/messages}: one message. */
final class PostMessage {
    static final String OPERATION = "message";

    private final MessageFields fields;
    private final AcceptMessage acceptMessage;
    private final FirstAnswers firstAnswers;
    private final Origins origins;

    PostMessage(MessageFields fields, AcceptMessage acceptMessage, FirstAnswers firstAnswers, Origins origins) {
        this.fields = fields;
        this.acceptMessage = acceptMessage;
        this.firstAnswers = firstAnswers;
        this.origins = origins;
    }

    Future<Answer> post(RoutingContext context, Caller caller) {
        String keyValue = IdempotencyKey.header(context);
        JsonObject body = JsonBody.object(context);
        AcceptIntent.Key key =
                keyValue == null ? null : new AcceptIntent.Key(keyValue, IdempotencyKey.hash(OPERATION, body));
        return switch (fields.read(body, "", origins.next(caller))) {
            case Read.Invalid invalid -> refuse(caller, key, Problem.invalid(invalid.mistakes()));
            case Read.Valid valid ->
                acceptMessage
                        .accept(new AcceptIntent(
                                caller.accountId(), null, List.of(new AcceptIntent.Item(key, valid.message()))))
                        .compose(this::answer);
        };
    }

    /** What is refused only for coming too late may have come in time before, under the same key. */
    private Future<Answer> refuse(Caller caller, AcceptIntent.@Nullable Key key, Problem problem) {
        if (key == null || !problem.code().mayHaveBeenFineBefore()) {
            return Future.failedFuture(problem.exception());
        }
        return firstAnswers
                .underKeys(caller.accountId(), Map.of(key.value(), key.requestHash()))
                .map(found -> found.values().stream().findFirst().orElseThrow(problem::exception))
                .map(first -> accepted(first).replayed());
    }

    private Future<Answer> answer(Accepted accepted) {
        return switch (accepted) {
            case Accepted.BatchKeyReused _ ->
                Future.failedFuture(Problem.keyReused().exception());
            case Accepted.Answered answered ->
                switch (answered.items().getFirst()) {
                    case Accepted.Stored stored ->
                        Future.succeededFuture(accepted(MessageView.accepted(stored.message(), stored.createdAt())));
                    case Accepted.KeyReused _ ->
                        Future.failedFuture(Problem.keyReused().exception());
                    case Accepted.OptedOut _ ->
                        Future.failedFuture(Problem.optedOut().exception());
                    case Accepted.KeyUnknown(Throwable cause) ->
                        Future.failedFuture(Problem.keyUnknown().exception(cause));
                    case Accepted.Replayed replayed -> replay(replayed.firstId());
                };
        };
    }

    private Future<Answer> replay(UUID firstId) {
        return firstAnswers.ofMessages(List.of(firstId)).map(found -> {
            JsonObject first = found.byId().get(firstId);
            if (first == null) {
                throw Problem.of(ProblemCode.NOT_FOUND, "The message of this key is no longer kept.")
                        .exception();
            }
            return accepted(first).replayed();
        });
    }

    private static Answer accepted(JsonObject body) {
        return Answer.accepted(body).with("Location", "/v1/messages/" + body.getString("id"));
    }
}
