package io.heliograph.gateway.notifications;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.fields.Estimates;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.consents.ConsentRoutes;
import io.heliograph.gateway.notifications.erasure.ErasePerson;
import io.heliograph.gateway.notifications.erasure.ExportPerson;
import io.heliograph.gateway.notifications.inbox.InboxRoutes;
import io.heliograph.gateway.notifications.inbox.InboxTokenRoutes;
import io.heliograph.gateway.notifications.posting.CommitEvents;
import io.heliograph.gateway.notifications.posting.MeasuredEvents;
import io.heliograph.gateway.notifications.posting.Notified;
import io.heliograph.gateway.notifications.posting.PostEventBatch;
import io.heliograph.gateway.notifications.posting.PostEvents;
import io.heliograph.gateway.notifications.posting.PostedEvents;
import io.heliograph.gateway.notifications.preferences.PreferencePage;
import io.heliograph.gateway.notifications.preferences.PreferenceRoutes;
import io.heliograph.gateway.notifications.push.PushRoutes;
import io.heliograph.gateway.notifications.reading.NotificationReadRoutes;
import io.heliograph.gateway.notifications.settings.AccountSettings;
import io.heliograph.gateway.notifications.settings.SettingRoutes;
import io.heliograph.gateway.notifications.telling.PlanEvents;
import io.heliograph.gateway.notifications.telling.Tell;
import io.heliograph.gateway.notifications.templates.TemplateRoutes;
import io.heliograph.gateway.notifications.users.UserRoutes;
import io.heliograph.gateway.outbox.AcceptMeters;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.GroupCommit;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.gateway.outbox.Turns;
import io.heliograph.providers.routing.RoutingTable;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Supplier;

/** Users, and what they are told. */
public final class NotificationRoutes {
    /** What event loops share; {@code commitPool} is the loop's own. */
    public record Shared(
            ApiKeys apiKeys,
            Pool readPool,
            Pool commitPool,
            Catalog catalog,
            AccountSettings settings,
            Estimates estimates,
            Topics topics,
            Supplier<RoutingTable> tables,
            AcceptMeters meters,
            ErasedPersons erased,
            String publicUrl,
            String pushAllow,
            Origins origins) {}

    private final Shared shared;
    private final ErasePerson erasePerson;
    private final UserRoutes users;
    private final TemplateRoutes templates;
    private final PostEvents postEvents;
    private final PostEventBatch postEventBatch;

    public NotificationRoutes(Shared shared, Recipients recipients, GroupCommit.Bounds bounds, Turns turns) {
        this.shared = shared;
        this.erasePerson = new ErasePerson(
                shared.apiKeys(),
                shared.readPool(),
                shared.erased(),
                shared.origins().ids());
        this.users = new UserRoutes(shared.apiKeys(), shared.readPool(), recipients, erasePerson::erase);
        this.templates = new TemplateRoutes(shared.apiKeys(), shared.readPool(), shared.catalog(), shared.tables());
        CommitEvents commitEvents = new CommitEvents(
                shared.commitPool(),
                new PlanEvents(
                        shared.catalog(),
                        new Tell(shared.estimates(), shared.origins().ids()),
                        shared.settings()),
                shared.topics(),
                shared.erased());
        GroupCommit<PostedEvents, List<Notified>> commit =
                new GroupCommit<>(bounds, turns, new MeasuredEvents(commitEvents, shared.meters())::commit);
        shared.meters().watch(commit);
        this.postEvents = new PostEvents(shared.catalog(), commit, shared.origins());
        this.postEventBatch = new PostEventBatch(shared.catalog(), commit, shared.origins());
    }

    public void mount(Router router, Answers answers) {
        users.mount(router, answers);
        erasePerson.mount(router, answers);
        new ExportPerson(shared.apiKeys(), shared.readPool()).mount(router, answers);
        new ConsentRoutes(
                        shared.apiKeys(),
                        shared.readPool(),
                        shared.erased(),
                        shared.origins().clock())
                .mount(router, answers);
        new PreferenceRoutes(
                        shared.apiKeys(), shared.catalog(), shared.readPool(), new SecureRandom(), shared.publicUrl())
                .mount(router, answers);
        new PreferencePage(shared.catalog(), shared.readPool()).mount(router, answers);
        new InboxRoutes(
                        (context, scope) ->
                                Future.succeededFuture(InboxTokenRoutes.owner(shared.apiKeys(), context, scope)),
                        shared.readPool())
                .mount(router, answers, "/v1/users/:id/inbox");
        new InboxTokenRoutes(shared.apiKeys(), shared.readPool(), new SecureRandom()).mount(router, answers);
        templates.mount(router, answers);
        new Resource(router, answers, "/v1/events/batch").post(this::postBatch).andNothingElse();
        new SettingRoutes(shared.apiKeys(), shared.settings(), shared.catalog()).mount(router, answers);
        new PushRoutes(shared.apiKeys(), shared.readPool(), shared.tables(), shared.pushAllow()).mount(router, answers);
        new NotificationReadRoutes(shared.apiKeys(), shared.readPool()).mount(router, answers);
    }

    /** {@code POST /v1/events}, beside which what happened is listed. */
    public Future<Answer> postEvent(RoutingContext context) {
        return postEvents.post(context, shared.apiKeys().require(context, Scope.MESSAGES_WRITE));
    }

    private Future<Answer> postBatch(RoutingContext context) {
        return postEventBatch.post(context, shared.apiKeys().require(context, Scope.MESSAGES_WRITE));
    }
}
