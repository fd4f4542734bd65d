package io.heliograph.gateway.callbacks;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * The proof of providers that sign nothing: the last step of the path, which only they were told, and the address that they call from,
 * where those are known. For anybody else the path is not there, and for nobody while no secret is configured.
 */
final class SecretPath implements CallbackProof {
    static final String PARAMETER = CallbackRoutes.SECRET_PARAMETER;

    private final List<byte[]> secrets;
    private final Callers callers;

    /** Each of the secrets opens it: the current one, and the previous one while they are rotated. */
    SecretPath(List<String> secrets, Callers callers) {
        this.secrets = secrets.stream()
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
        this.callers = callers;
    }

    @Override
    public void verify(RoutingContext context, CallbackMeters meters) {
        String given = context.pathParam(PARAMETER);
        if (given == null || !isOneOfOurs(given.getBytes(StandardCharsets.UTF_8))) {
            meters.badSignature();
            throw nothingHere();
        }
        if (!callers.allow(context.request())) {
            meters.addressRefused();
            throw nothingHere();
        }
    }

    /** In constant time, so that it cannot be guessed letter by letter. */
    private boolean isOneOfOurs(byte[] given) {
        boolean same = false;
        for (byte[] secret : secrets) {
            same |= MessageDigest.isEqual(secret, given);
        }
        return same;
    }

    private static RuntimeException nothingHere() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is nothing at this path. See /openapi.yaml.")
                .exception();
    }
}
