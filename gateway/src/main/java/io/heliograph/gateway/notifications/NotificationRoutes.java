package io.heliograph.gateway.notifications;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.Scope;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.fields.Estimates;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.posting.CommitEvents;
import io.heliograph.gateway.notifications.posting.Decide;
import io.heliograph.gateway.notifications.posting.PostEvents;
import io.heliograph.gateway.notifications.posting.Tell;
import io.heliograph.gateway.notifications.templates.TemplateRoutes;
import io.heliograph.gateway.notifications.users.UserRoutes;
import io.heliograph.gateway.outbox.GroupCommit;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.gateway.outbox.Turns;
import io.heliograph.providers.routing.RoutingTable;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.util.function.Supplier;

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
            Supplier<RoutingTable> tables,
            Origins origins) {}

    private final Shared shared;
    private final UserRoutes users;
    private final TemplateRoutes templates;
    private final PostEvents postEvents;

    public NotificationRoutes(Shared shared, Recipients recipients, GroupCommit.Bounds bounds, Turns turns) {
        this.shared = shared;
        this.users = new UserRoutes(shared.apiKeys(), shared.readPool(), recipients);
        this.templates = new TemplateRoutes(shared.apiKeys(), shared.readPool(), shared.catalog(), shared.tables());
        this.postEvents = new PostEvents(
                shared.catalog(),
                new GroupCommit<>(
                        bounds,
                        turns,
                        new CommitEvents(
                                shared.commitPool(),
                                new Decide(shared.catalog()),
                                new Tell(shared.estimates(), shared.origins().ids()),
                                shared.topics())::commit),
                shared.origins());
    }

    public void mount(Router router, Answers answers) {
        users.mount(router, answers);
        templates.mount(router, answers);
    }

    /** {@code POST /v1/events}, beside which what happened is listed. */
    public Future<Answer> postEvent(RoutingContext context) {
        return postEvents.post(context, shared.apiKeys().require(context, Scope.MESSAGES_WRITE));
    }
}
