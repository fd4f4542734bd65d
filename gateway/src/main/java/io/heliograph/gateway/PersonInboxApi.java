package io.heliograph.gateway;

import io.heliograph.gateway.notifications.inbox.InboxTokens;
import io.heliograph.gateway.notifications.inbox.PersonInbox;
import io.heliograph.gateway.notifications.inbox.stream.InboxStreamRoutes;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** What persons reach without an API key: their own inboxes, by tokens. Of one event loop. */
final class PersonInboxApi {
    private final HttpApi.Shared shared;
    private final PersonInbox inbox;
    private final InboxStreamRoutes streams;

    PersonInboxApi(HttpApi.Shared shared, Vertx vertx) {
        InboxTokens tokens = new InboxTokens(shared.readPool());
        this.shared = shared;
        this.inbox = new PersonInbox(tokens, shared.readPool(), shared.bodies());
        this.streams =
                new InboxStreamRoutes(tokens, shared.inboxes(), shared.inboxes().local(vertx));
    }

    void mount(Router router) {
        inbox.mountCors(router);
        // Before the body's handlers, which a stream does not need.
        streams.mount(router, shared.answers());
        inbox.mount(router, shared.answers());
    }

    void stop() {
        streams.stop();
    }
}
