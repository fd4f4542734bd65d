package io.heliograph.simulator.callbacks;

import io.heliograph.simulator.http.Parameters;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a customer is told, and where and how. The parameters are sent as a form, unless there is a JSON text instead; a
 * GET has everything in its URL. The headers are the same for every repeat.
 */
public record Letter(
        Dialect dialect,
        HttpMethod method,
        CallbackUrl url,
        Parameters parameters,
        @Nullable String json,
        Map<String, String> headers) {

    public static Letter form(Dialect dialect, CallbackUrl url, Parameters parameters) {
        return new Letter(dialect, HttpMethod.POST, url, parameters, null, Map.of());
    }

    public static Letter query(Dialect dialect, CallbackUrl url, Parameters parameters) {
        return new Letter(dialect, HttpMethod.GET, url.with(parameters), new Parameters(), null, Map.of());
    }

    public static Letter json(Dialect dialect, CallbackUrl url, String json) {
        return new Letter(dialect, HttpMethod.POST, url, new Parameters(), json, Map.of());
    }

    Letter redirected(CallbackUrl elsewhere) {
        return new Letter(dialect, HttpMethod.GET, elsewhere, new Parameters(), null, headers);
    }

    public Letter by(HttpMethod other) {
        return new Letter(dialect, other, url, parameters, json, headers);
    }

    public Letter with(String header, String value) {
        return new Letter(dialect, method, url, parameters, json, Map.of(header, value));
    }
}
