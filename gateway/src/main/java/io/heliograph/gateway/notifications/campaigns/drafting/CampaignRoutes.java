package io.heliograph.gateway.notifications.campaigns.drafting;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.IdempotencyKey;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.notifications.campaigns.Campaign;
import io.heliograph.gateway.notifications.campaigns.CampaignStatus;
import io.heliograph.gateway.notifications.campaigns.CampaignStore;
import io.heliograph.gateway.notifications.campaigns.CampaignView;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.runtime.Ids;
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

/** {@code /v1/campaigns}: made, shown, changed and deleted. */
public final class CampaignRoutes {
    public static final String PATH = "/v1/campaigns";

    private static final String OPERATION = "campaign";
    private static final int LIMIT_DEFAULT = 50;
    private static final int LIMIT_MAX = 200;

    private final ApiKeys apiKeys;
    private final Pool pool;
    private final Catalog catalog;
    private final Origins origins;
    private final CampaignFields fields;
    private final DraftStore store;

    public CampaignRoutes(ApiKeys apiKeys, Pool pool, Catalog catalog, Origins origins) {
        this.apiKeys = apiKeys;
        this.pool = pool;
        this.catalog = catalog;
        this.origins = origins;
        this.fields = new CampaignFields(catalog);
        this.store = new DraftStore(pool);
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, PATH).get(this::list).post(this::create).andNothingElse();
        new Resource(router, answers, PATH + "/:id")
                .get(this::get)
                .patch(this::change)
                .delete(this::delete)
                .andNothingElse();
    }

    private Future<Answer> create(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        String key = IdempotencyKey.header(context);
        JsonObject body = JsonBody.object(context);
        UUID id = origins.ids().get();
        return catalog.ready(caller.accountId())
                .compose(ready ->
                        store.create(id, caller.accountId(), fields.read(body, caller.accountId()), hashed(key, body)))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(CampaignRoutes::created);
    }

    private static AcceptIntent.@Nullable Key hashed(@Nullable String key, JsonObject body) {
        return key == null ? null : new AcceptIntent.Key(key, IdempotencyKey.hash(OPERATION, body));
    }

    private static Answer created(DraftStore.Created created) {
        Answer answer = Answer.created(CampaignView.of(created.row()))
                .with("Location", PATH + "/" + created.row().getUUID("id"));
        return created.isNew() ? answer : answer.replayed();
    }

    private Future<Answer> get(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        return shown(CampaignStore.find(pool, Campaign.id(context), caller.accountId()));
    }

    /** What the body names is changed, and null takes it away: RFC 7396. */
    private Future<Answer> change(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        UUID id = Campaign.id(context);
        JsonObject body = JsonBody.object(context);
        return catalog.ready(caller.accountId())
                .compose(ready ->
                        shown(store.change(id, caller.accountId(), was -> changed(was, body, caller.accountId()))));
    }

    /** A filter that is not named stays to the letter: what made it may have written a time in another way. */
    private Campaign.Wish changed(Campaign.Wish was, JsonObject body, long accountId) {
        Campaign.Wish changed = fields.read(merged(was, body), accountId);
        return body.containsKey("users") ? changed : changed.withUsers(was.users());
    }

    private static JsonObject merged(Campaign.Wish was, JsonObject body) {
        JsonObject merged = CampaignView.written(was);
        body.forEach(field -> merged.put(field.getKey(), field.getValue()));
        return merged;
    }

    private Future<Answer> delete(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        return store.delete(Campaign.id(context), caller.accountId())
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(done -> Answer.noContent());
    }

    private static Future<Answer> shown(Future<Row> row) {
        return row.timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(found -> Answer.ok(CampaignView.of(found)));
    }

    private Future<Answer> list(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_READ);
        QueryFields query = new QueryFields(context.queryParams());
        String status = query.oneOf("status", CampaignStatus.WORDS);
        UUID cursor = query.cursor("cursor");
        int limit = query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return CampaignStore.list(pool, caller.accountId(), cursor == null ? Ids.LAST : cursor, status, limit)
                .map(rows -> Answer.ok(page(rows, limit)));
    }

    private static JsonObject page(List<Row> rows, int limit) {
        JsonArray campaigns = new JsonArray();
        rows.forEach(row -> campaigns.add(CampaignView.of(row)));
        return new JsonObject()
                .put("campaigns", campaigns)
                .put(
                        "next_cursor",
                        rows.size() < limit
                                ? null
                                : rows.getLast().getUUID("id").toString());
    }
}
