package io.heliograph.gateway.http.input;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Reads a request's body as a JSON object, or says what it is instead. */
public final class JsonBody {
    private JsonBody() {}

    /**
     * Comes before the handler that reads the body, which would take a form apart: the body decides and not its Content-Type,
     * because curl calls everything a form unless it is told otherwise.
     */
    public static void anyContentType(RoutingContext context) {
        context.request().headers().remove("Content-Type");
        context.next();
    }

    /** Throws the problem of a body that is no JSON object. */
    public static JsonObject object(RoutingContext context) {
        requirePlain(context);
        Buffer body = context.body().buffer();
        if (body == null || body.length() == 0) {
            throw Problem.of(ProblemCode.NOT_JSON, "The body is empty. Send a JSON object.")
                    .exception();
        }
        try {
            if (Json.decodeValue(body) instanceof JsonObject object) {
                return object;
            }
        } catch (DecodeException e) {
            throw Problem.of(ProblemCode.NOT_JSON, "The body is not JSON. Send a JSON object.")
                    .exception();
        }
        throw Problem.of(ProblemCode.WRONG_TYPE, "The body is JSON, but no object. Send a JSON object.")
                .exception();
    }

    /** The same where the body may be left out. */
    public static JsonObject objectOrEmpty(RoutingContext context) {
        Buffer body = context.body().buffer();
        return body == null || body.length() == 0 ? new JsonObject() : object(context);
    }

    private static void requirePlain(RoutingContext context) {
        String encoding = context.request().getHeader("Content-Encoding");
        if (isEncoded(encoding)) {
            throw Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send the body as it is, without Content-Encoding.")
                    .exception();
        }
    }

    private static boolean isEncoded(@Nullable String encoding) {
        return encoding != null && !encoding.equalsIgnoreCase("identity");
    }
}
