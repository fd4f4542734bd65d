package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.IdempotencyKey;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.heliograph.gateway.notifications.posting.EventFields.Read;
import io.heliograph.gateway.outbox.GroupCommit;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/events}: what happened to a user; answers what was accepted by each channel, or why not. */
public final class PostEvents {
    private final Catalog catalog;
    private final EventFields fields;
    private final GroupCommit<PostedEvents, List<Notified>> commit;
    private final Origins origins;

    public PostEvents(Catalog catalog, GroupCommit<PostedEvents, List<Notified>> commit, Origins origins) {
        this.catalog = catalog;
        this.fields = new EventFields(catalog);
        this.commit = commit;
        this.origins = origins;
    }

    public Future<Answer> post(RoutingContext context, Caller caller) {
        String key = IdempotencyKey.header(context);
        JsonObject body = JsonBody.object(context);
        return catalog.ready(caller.accountId()).compose(ready -> post(body, key, caller));
    }

    private Future<Answer> post(JsonObject body, @Nullable String key, Caller caller) {
        return switch (fields.read(body, "", key, origins.next(caller))) {
            case Read.Invalid(var mistakes) ->
                Future.failedFuture(Problem.invalid(mistakes).exception());
            case Read.Valid(PostedEvent event) ->
                commit.submit(PostedEvents.of(event)).map(answers -> answer(answers.getFirst()));
        };
    }

    private static Answer answer(Notified notified) {
        return switch (notified) {
            case Notified.Stored(var view) -> Answer.accepted(view);
            case Notified.Replayed(var view) -> Answer.accepted(view).replayed();
            case Notified.KeyReused _, Notified.BatchKeyReused _ ->
                throw Problem.keyReused().exception();
            case Notified.KeyUnknown(Throwable cause) ->
                throw Problem.keyUnknown().exception(cause);
            case Notified.UnknownUser() ->
                throw Problem.of(
                                ProblemCode.UNKNOWN_USER,
                                "There is no user with this id; nothing was stored. PUT /v1/users/{id} makes one.")
                        .exception();
        };
    }
}
