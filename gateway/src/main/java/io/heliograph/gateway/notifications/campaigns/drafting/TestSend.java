package io.heliograph.gateway.notifications.campaigns.drafting;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.IdempotencyKey;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.campaigns.Campaign;
import io.heliograph.gateway.notifications.campaigns.CampaignStatus.Action;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.catalog.Template;
import io.heliograph.gateway.notifications.deciding.Decision;
import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.heliograph.gateway.notifications.deciding.SendTime;
import io.heliograph.gateway.notifications.telling.Tell;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.Accepted;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.gateway.outbox.TwilioExtras;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/campaigns/{id}/test-send}: the text to a few of the account's own, at once. They are plain messages, which are none of the
 * campaign's; nobody's switches and hours are asked, only who has opted out.
 */
public final class TestSend {
    /** What others have, too. */
    public record Around(Catalog catalog, Tell tell, Topics topics, ErasedPersons erased) {}

    private static final String OPERATION = "test-send";

    private final ApiKeys apiKeys;
    private final Around around;
    private final Recipients recipients;
    private final Origins origins;
    private final TestSendStore store;

    public TestSend(ApiKeys apiKeys, Pool pool, Around around, Recipients recipients, Origins origins) {
        this.apiKeys = apiKeys;
        this.around = around;
        this.recipients = recipients;
        this.origins = origins;
        this.store = new TestSendStore(pool, around.topics(), around.erased());
    }

    public void mount(Router router, Answers answers) {
        new Resource(router, answers, CampaignRoutes.PATH + "/:id/test-send")
                .post(this::post)
                .andNothingElse();
    }

    private Future<Answer> post(RoutingContext context) {
        Caller caller = apiKeys.require(context, Scope.MESSAGES_WRITE);
        String key = IdempotencyKey.header(context);
        JsonObject body = JsonBody.object(context);
        return store.campaign(Campaign.id(context), caller.accountId())
                .compose(campaign -> around.catalog().ready(caller.accountId()).map(campaign))
                .compose(campaign -> send(campaign, body, key))
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private Future<Answer> send(Campaign campaign, JsonObject body, @Nullable String key) {
        campaign.status().require(Action.TEST_SEND);
        NotificationType type =
                around.catalog().type(campaign.accountId(), campaign.wish().type());
        if (type == null) {
            throw Problem.internal().exception();
        }
        List<Tester> named = Tester.read(body, campaign.wish(), type, recipients);
        Buffer hash = IdempotencyKey.hash(
                OPERATION, body.copy().put("campaign", campaign.id().toString()));
        return store.known(campaign, named).compose(testers -> {
            JsonArray answers = new JsonArray();
            List<AcceptIntent.Item> items = new ArrayList<>();
            List<JsonObject> told = new ArrayList<>();
            for (int i = 0; i < testers.size(); i++) {
                JsonObject answer = new JsonObject();
                answers.add(answer);
                Tell.Told one = tell(campaign, type, testers.get(i));
                if (one.messages().isEmpty()) {
                    skipped(answer, one.reason() == null ? Reason.NO_TEMPLATE : one.reason());
                } else {
                    AcceptIntent.Key its =
                            key == null ? null : new AcceptIntent.Key(IdempotencyKey.ofItem(key, i), hash);
                    items.add(
                            new AcceptIntent.Item(its, one.messages().getFirst().with(TwilioExtras.NONE, null)));
                    told.add(answer);
                }
            }
            return store.accept(campaign.accountId(), items).map(accepted -> {
                for (int i = 0; i < told.size(); i++) {
                    put(told.get(i), accepted.get(i));
                }
                return Answer.accepted(new JsonObject().put("recipients", answers));
            });
        });
    }

    private Tell.Told tell(Campaign campaign, NotificationType type, Tester tester) {
        NotificationChannel channel = campaign.wish().channel();
        if (tester.address() == null) {
            return new Tell.Told(List.of(), tester.isKnown() ? Reason.NO_ADDRESS : Reason.UNKNOWN_USER);
        }
        String locale = tester.locale() == null ? campaign.wish().locale() : tester.locale();
        Template template = around.catalog().template(campaign.accountId(), type.name(), channel, locale);
        if (template == null) {
            return new Tell.Told(List.of(), Reason.NO_TEMPLATE);
        }
        JsonObject data = campaign.wish().data().copy().mergeIn(tester.data());
        PostedEvent event = new PostedEvent(
                origins.ids().get(),
                campaign.accountId(),
                type,
                tester.user() == null ? tester.address() : tester.user(),
                data,
                null,
                OffsetDateTime.now(origins.clock()));
        return around.tell()
                .of(event, channel, new Decision.Tell(List.of(tester.address()), template, new SendTime.Now()));
    }

    private static void put(JsonObject answer, Accepted.ItemAnswer accepted) {
        switch (accepted) {
            case Accepted.Stored stored ->
                accepted(answer, stored.message().id().toString());
            case Accepted.Replayed replayed ->
                accepted(answer, replayed.firstId().toString());
            case Accepted.OptedOut _ -> skipped(answer, Reason.RECIPIENT_OPTED_OUT);
            case Accepted.KeyReused _ -> throw Problem.keyReused().exception();
            case Accepted.KeyUnknown(Throwable cause) ->
                throw Problem.keyUnknown().exception(cause);
        }
    }

    private static void accepted(JsonObject answer, String id) {
        JsonObject _ = answer.put("status", "accepted").put("message_id", id);
    }

    private static void skipped(JsonObject answer, Reason reason) {
        JsonObject _ = answer.put("status", "skipped").put("reason", reason.word());
    }
}
