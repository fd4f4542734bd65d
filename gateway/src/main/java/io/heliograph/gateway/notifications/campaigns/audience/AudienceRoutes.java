package io.heliograph.gateway.notifications.campaigns.audience;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.campaigns.Campaign;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code /v1/campaigns/{id}/audience}: a file of those who are to be told. */
public final class AudienceRoutes {
    private static final String PATH = "/v1/campaigns/:id/audience";
    private static final int LISTED = 100;
    private static final int LIMIT_MAX = 1_000;

    private final ApiKeys apiKeys;
    private final AudienceStore store;
    private final Uploads uploads;
    private final Recipients recipients;

    public AudienceRoutes(ApiKeys apiKeys, Pool pool, Uploads uploads, Recipients recipients) {
        this.apiKeys = apiKeys;
        this.store = new AudienceStore(pool);
        this.recipients = recipients;
        this.uploads = uploads;
    }

    /** Before the body's handlers: what is uploaded is never held as a whole. */
    public void mount(Router router, Answers answers) {
        new Resource(router, answers, PATH)
                .get(this::get)
                .put(this::put)
                .delete(this::delete)
                .andNothingElse();
        new Resource(router, answers, PATH + "/errors").get(this::errors).andNothingElse();
    }

    private Future<Answer> put(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        UUID id = Campaign.id(context);
        return uploads.take(
                        context,
                        caller.accountId(),
                        new Uploads.Into(store, recipients),
                        () -> store.campaign(id, caller.accountId()))
                .compose(this::answer);
    }

    private Future<Answer> get(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return store.campaign(Campaign.id(context), caller.accountId())
                .compose(campaign -> campaign.audienceId() == null
                        ? Future.<@Nullable Row>succeededFuture()
                        : store.show(campaign.audienceId()))
                .compose(this::answer);
    }

    private Future<Answer> answer(@Nullable Row row) {
        if (row == null) {
            return Future.succeededFuture(Answer.ok(new JsonObject()
                    .put("state", "none")
                    .put("rows", 0)
                    .put("persons", 0)
                    .put("duplicates", 0)
                    .put("broken", 0)
                    .put("errors", new JsonArray())));
        }
        return store.broken(row.getUUID("id"), 0, LISTED)
                .map(errors -> Answer.ok(new JsonObject()
                        .put("state", row.getString("state"))
                        .put("rows", row.getInteger("rows"))
                        .put("persons", row.getInteger("persons"))
                        .put("duplicates", row.getInteger("duplicates"))
                        .put("broken", row.getInteger("broken"))
                        .put("errors", list(errors))));
    }

    private static JsonArray list(List<Row> errors) {
        JsonArray list = new JsonArray();
        errors.forEach(error -> list.add(new JsonObject()
                .put("line", error.getInteger("line"))
                .put("field", error.getString("field"))
                .put("code", error.getString("code"))
                .put("detail", error.getString("detail"))));
        return list;
    }

    private Future<Answer> errors(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        QueryFields query = new QueryFields(context.queryParams());
        int after = query.integer("after_line", 0, 0, Integer.MAX_VALUE);
        int limit = query.integer("limit", LISTED, 1, LIMIT_MAX);
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return store.campaign(Campaign.id(context), caller.accountId())
                .compose(campaign -> campaign.audienceId() == null
                        ? Future.succeededFuture(List.<Row>of())
                        : store.broken(campaign.audienceId(), after, limit))
                .map(errors -> Answer.ok(new JsonObject()
                        .put("errors", list(errors))
                        .put(
                                "next_after_line",
                                errors.size() < limit ? null : errors.getLast().getInteger("line"))));
    }

    private Future<Answer> delete(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        return store.remove(Campaign.id(context), caller.accountId())
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(done -> Answer.noContent());
    }
}
