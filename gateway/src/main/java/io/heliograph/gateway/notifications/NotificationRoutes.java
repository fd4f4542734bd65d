package io.heliograph.gateway.notifications;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.fields.Estimates;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.consents.ConsentRoutes;
import io.heliograph.gateway.notifications.erasure.ErasePerson;
import io.heliograph.gateway.notifications.erasure.ExportPerson;
import io.heliograph.gateway.notifications.posting.CommitEvents;
import io.heliograph.gateway.notifications.posting.Decide;
import io.heliograph.gateway.notifications.posting.PostEvents;
import io.heliograph.gateway.notifications.posting.Tell;
import io.heliograph.gateway.notifications.preferences.PreferencePage;
import io.heliograph.gateway.notifications.preferences.PreferenceRoutes;
import io.heliograph.gateway.notifications.users.UserRoutes;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.GroupCommit;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.gateway.outbox.Turns;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;

/** Users, and what they are told. */
public final class NotificationRoutes {
    /** What event loops share; {@code commitPool} is the loop's own. */
    public record Shared(
            ApiKeys apiKeys,
            Pool readPool,
            Pool commitPool,
            Catalog catalog,
            Estimates estimates,
            Topics topics,
            ErasedPersons erased,
            String publicUrl,
            Origins origins) {}

    private final Shared shared;
    private final ErasePerson erasePerson;
    private final UserRoutes users;
    private final PostEvents postEvents;

    public NotificationRoutes(Shared shared, Recipients recipients, GroupCommit.Bounds bounds, Turns turns) {
        this.shared = shared;
        this.erasePerson = new ErasePerson(
                shared.apiKeys(),
                shared.readPool(),
                shared.erased(),
                shared.origins().ids());
        this.users = new UserRoutes(shared.apiKeys(), shared.readPool(), recipients, erasePerson::erase);
        this.postEvents = new PostEvents(
                shared.catalog(),
                new GroupCommit<>(
                        bounds,
                        turns,
                        new CommitEvents(
                                shared.commitPool(),
                                new Decide(shared.catalog()),
                                new Tell(shared.estimates(), shared.origins().ids()),
                                shared.topics(),
                                shared.erased())::commit),
                shared.origins());
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
    }

    /** {@code POST /v1/events}, beside which what happened is listed. */
    public Future<Answer> postEvent(RoutingContext context) {
        return postEvents.post(context, shared.apiKeys().require(context, Scope.MESSAGES_WRITE));
    }
}
