package io.heliograph.gateway.webhooks;

import io.heliograph.gateway.http.IdempotencyKey;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a request says about its endpoint outside its body. */
public final class EndpointPath {
    public static final String PATH = "/v1/webhook-endpoints";

    private EndpointPath() {}

    /** Throws the problem that there is no such endpoint. */
    public static UUID id(RoutingContext context) {
        try {
            return UUID.fromString(context.pathParam("id"));
        } catch (IllegalArgumentException _) {
            throw none().exception();
        }
    }

    public static Problem none() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no webhook endpoint with this id.");
    }

    /** Null without one. The path says what is to be done. */
    public static AcceptIntent.@Nullable Key key(RoutingContext context, JsonObject body) {
        String value = IdempotencyKey.header(context);
        return value == null
                ? null
                : new AcceptIntent.Key(
                        value, IdempotencyKey.hash("POST " + context.request().path(), body));
    }
}
