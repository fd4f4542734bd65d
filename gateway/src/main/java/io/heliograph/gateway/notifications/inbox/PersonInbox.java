package io.heliograph.gateway.notifications.inbox;

import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.BodyBudget;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.notifications.inbox.InboxTokens.Admitted;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.CorsHandler;
import io.vertx.sqlclient.Pool;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * {@code /v1/inbox}: a person's own inbox, for that person's browser or app. Pages of any origin may ask: what lets them in is a token that they
 * must have been given, and no cookie, which a browser would send by itself.
 */
public final class PersonInbox {
    public static final String PATH = "/v1/inbox";

    private static final String EVERYTHING = PATH + "*";
    private static final String ADMITTED = "admitted to an inbox";
    /** A hundred ids and what to do with them. */
    private static final int BODY_BYTES_MAX = 8 * 1024;

    private static final int PREFLIGHT_SECONDS = 24 * 60 * 60;

    private final InboxTokens tokens;
    private final InboxRoutes routes;
    private final BodyBudget bodies;

    public PersonInbox(InboxTokens tokens, Pool readPool, BodyBudget bodies) {
        this.tokens = tokens;
        this.routes = new InboxRoutes((context, scope) -> Future.succeededFuture(admitted(context)), readPool);
        this.bodies = bodies;
    }

    /** Comes first under its path: what follows asks for an API key. */
    public void mountCors(Router router) {
        router.route(EVERYTHING)
                .handler(CorsHandler.create()
                        .addOrigin("*")
                        .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.PATCH, HttpMethod.POST, HttpMethod.DELETE))
                        .allowedHeaders(Set.of("Authorization", "Content-Type", "Last-Event-ID"))
                        .exposedHeader("Retry-After")
                        .maxAgeSeconds(PREFLIGHT_SECONDS));
    }

    public void mount(Router router, Answers answers) {
        router.route(EVERYTHING).handler(this::admit);
        router.route(EVERYTHING).handler(context -> bodies.admit(context, BODY_BYTES_MAX));
        router.route(EVERYTHING).handler(JsonBody::anyContentType);
        router.route(EVERYTHING).handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
        routes.mount(router, answers, PATH);
    }

    /** Before the body is read: those of strangers, half sent and held open, would fill the heap. */
    private void admit(RoutingContext context) {
        if (context.request().method().equals(HttpMethod.OPTIONS)) {
            context.next();
            return;
        }
        HttpServerRequest request = context.request().pause();
        tokens.admit(context)
                .timeout(Resource.ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .onComplete(
                        admitted -> {
                            context.put(ADMITTED, admitted);
                            // Whoever reads the body has to be there before it comes.
                            context.next();
                            HttpServerRequest _ = request.resume();
                        },
                        failure -> {
                            context.fail(failure);
                            HttpServerRequest _ = request.resume();
                        });
    }

    /** Whether a token has let the request in: it needs no API key then, and its body is admitted. */
    public static boolean hasAdmitted(RoutingContext context) {
        return context.get(ADMITTED) != null;
    }

    private static InboxOwner admitted(RoutingContext context) {
        return Objects.requireNonNull(context.<Admitted>get(ADMITTED)).owner();
    }
}
