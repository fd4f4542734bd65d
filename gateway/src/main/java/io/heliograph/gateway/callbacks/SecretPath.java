package io.heliograph.gateway.callbacks;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The proof of providers that sign nothing: the last step of the path, which only they were told. A path with another one is
 * not there, and none is while no secret is configured.
 */
record SecretPath(@Nullable String secret) implements CallbackProof {
    static final String PARAMETER = CallbackRoutes.SECRET_PARAMETER;

    @Override
    public void verify(RoutingContext context, CallbackMeters meters) {
        String given = context.pathParam(PARAMETER);
        if (secret == null || given == null || !isSame(secret, given)) {
            meters.badSignature();
            throw Problem.of(ProblemCode.NOT_FOUND, "There is nothing at this path. See /openapi.yaml.")
                    .exception();
        }
    }

    /** In constant time, so that it cannot be guessed letter by letter. */
    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "secret path";
    }
}
