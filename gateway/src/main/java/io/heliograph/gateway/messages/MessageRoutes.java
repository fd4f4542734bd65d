package io.heliograph.gateway.messages;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.IdempotencyKey;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.messages.fields.MessageFields;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.messages.reading.FirstAnswers;
import io.heliograph.gateway.messages.reading.ListMessages;
import io.heliograph.gateway.messages.reading.MessageStore;
import io.heliograph.gateway.messages.reading.ShowMessage;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.util.UUID;

/** {@code /v1/messages}. */
public final class MessageRoutes {
    private final ApiKeys apiKeys;
    private final PostMessage postMessage;
    private final PostBatch postBatch;
    private final ShowMessage showMessage;
    private final ListMessages listMessages;
    private final CancelMessage cancelMessage;

    /** {@code readPool} serves look-ups and cancels; accepting has connections of its own. */
    public MessageRoutes(
            ApiKeys apiKeys,
            Pool readPool,
            AcceptMessage acceptMessage,
            Recipients recipients,
            MessageFields fields,
            Origins origins) {
        MessageStore store = new MessageStore(readPool);
        FirstAnswers firstAnswers = new FirstAnswers(store);
        this.apiKeys = apiKeys;
        this.postMessage = new PostMessage(fields, acceptMessage, firstAnswers, origins);
        this.postBatch = new PostBatch(new BatchReader(fields, origins), acceptMessage, firstAnswers, origins.ids());
        this.showMessage = new ShowMessage(store);
        this.listMessages = new ListMessages(store, recipients);
        this.cancelMessage = new CancelMessage(store, new CancelStore(readPool));
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/messages")
                .get(this::list)
                .post(this::post)
                .andNothingElse();
        // Before the path with an id, which would take "batch" for one.
        new Resource(router, answers, "/v1/messages/batch").post(this::batch).andNothingElse();
        new Resource(router, answers, "/v1/messages/:id").get(this::show).andNothingElse();
        new Resource(router, answers, "/v1/messages/:id/cancel")
                .post(this::cancel)
                .andNothingElse();
    }

    private Future<Answer> post(RoutingContext context) {
        return postMessage.post(context, apiKeys.require(context, Scope.MESSAGES_WRITE));
    }

    private Future<Answer> batch(RoutingContext context) {
        return postBatch.post(context, apiKeys.require(context, Scope.MESSAGES_WRITE));
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return listMessages.list(caller, context.queryParams()).map(Answer::ok);
    }

    private Future<Answer> show(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return showMessage.show(caller, id(context)).map(Answer::ok);
    }

    private Future<Answer> cancel(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        return cancelMessage.cancel(caller, id(context), IdempotencyKey.header(context));
    }

    private static UUID id(RoutingContext context) {
        try {
            return UUID.fromString(context.pathParam("id"));
        } catch (IllegalArgumentException e) {
            throw Problem.noSuchMessage().exception();
        }
    }
}
