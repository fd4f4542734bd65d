package io.heliograph.gateway.notifications.campaigns.running;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.IdempotencyKey;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.notifications.campaigns.Campaign;
import io.heliograph.gateway.notifications.campaigns.CampaignView;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** What is done with a campaign as a whole. Each may be repeated: what is so already stays so. */
public final class CampaignActions {
    private static final String PATH = "/v1/campaigns/:id/";

    private final ApiKeys apiKeys;
    private final Origins origins;
    private final ActionStore store;
    private final MissedStore missed;

    public CampaignActions(ApiKeys apiKeys, Pool pool, Origins origins) {
        this.apiKeys = apiKeys;
        this.origins = origins;
        this.store = new ActionStore(pool);
        this.missed = new MissedStore(pool);
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, PATH + "launch").post(this::launch).andNothingElse();
        new Resource(router, answers, PATH + "audience/confirm")
                .post(context -> act(context, store::confirm))
                .andNothingElse();
        new Resource(router, answers, PATH + "pause")
                .post(context -> act(context, store::pause))
                .andNothingElse();
        new Resource(router, answers, PATH + "resume")
                .post(context -> act(context, store::resume))
                .andNothingElse();
        new Resource(router, answers, PATH + "cancel")
                .post(context -> act(context, store::cancel))
                .andNothingElse();
        new Resource(router, answers, PATH + "missed").post(this::missed).andNothingElse();
    }

    private Future<Answer> launch(RoutingContext context) {
        JsonFields fields = new JsonFields(JsonBody.objectOrEmpty(context), "");
        boolean acceptErrors = fields.flag("accept_errors");
        require(fields.mistakes());
        OffsetDateTime now = OffsetDateTime.now(origins.clock());
        UUID audienceId = origins.ids().get();
        return act(
                context,
                (id, accountId) -> store.launch(id, accountId, new ActionStore.Launch(acceptErrors, now, audienceId)));
    }

    private Future<Answer> missed(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        String key = IdempotencyKey.header(context);
        JsonObject body = JsonBody.objectOrEmpty(context);
        UUID of = Campaign.id(context);
        UUID id = origins.ids().get();
        AcceptIntent.Key hashed = key == null
                ? null
                : new AcceptIntent.Key(
                        key, IdempotencyKey.hash("missed", body.copy().put("of", of.toString())));
        return missed.draft(of, caller.accountId(), new MissedStore.Wanted(id, Missed.read(body), hashed))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(row -> {
                    Answer answer =
                            Answer.created(CampaignView.of(row)).with("Location", "/v1/campaigns/" + row.getUUID("id"));
                    return id.equals(row.getUUID("id")) ? answer : answer.replayed();
                });
    }

    private Future<Answer> act(RoutingContext context, BiFunction<UUID, Long, Future<Row>> action) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        return action.apply(Campaign.id(context), caller.accountId())
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .map(row -> Answer.ok(CampaignView.of(row)));
    }

    static void require(Mistakes mistakes) {
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
    }
}
