package io.heliograph.gateway.notifications.settings;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;

/** {@code /v1/account/settings}: when, how often and in which language users are told. */
public final class SettingRoutes {
    private final ApiKeys apiKeys;
    private final AccountSettings settings;
    private final SettingFields fields;

    public SettingRoutes(ApiKeys apiKeys, AccountSettings settings, Catalog catalog) {
        this.apiKeys = apiKeys;
        this.settings = settings;
        this.fields = new SettingFields(catalog);
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, "/v1/account/settings")
                .get(this::show)
                .patch(this::change)
                .andNothingElse();
        new Resource(router, answers, "/v1/account/retention")
                .get(this::retention)
                .andNothingElse();
    }

    private Future<Answer> show(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        return settings.store().get(caller.accountId()).map(found -> Answer.ok(SettingView.of(found)));
    }

    /** What holds for the account, whoever has set it. */
    private Future<Answer> retention(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        return settings.store()
                .get(caller.accountId())
                .compose(found -> settings.store()
                        .retention(caller.accountId())
                        .map(days -> Answer.ok(SettingView.inForce(found.retention(), days))));
    }

    /** Holds here when it is answered, and at other gateways a little later. */
    private Future<Answer> change(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.ADMIN);
        JsonObject body = JsonBody.object(context);
        return fields.ready(caller.accountId())
                .compose(ready -> settings.store().change(caller.accountId(), fields.read(caller.accountId(), body)))
                .compose(changed -> settings.refresh().otherwise(0).map(Answer.ok(SettingView.of(changed))))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }
}
