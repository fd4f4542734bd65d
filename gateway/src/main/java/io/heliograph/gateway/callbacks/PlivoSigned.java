package io.heliograph.gateway.callbacks;

import io.heliograph.contract.PlivoSignature;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether Plivo signed a call to us. While tokens are rotated Plivo itself signs with each of them, so that one is enough here.
 */
final class PlivoSigned implements CallbackProof {
    private final PublicUrls urls;
    private final @Nullable PlivoSignature known;

    /** Without a token nothing is signed. */
    PlivoSigned(String publicUrl, @Nullable String authToken) {
        this.urls = new PublicUrls(publicUrl);
        this.known = authToken == null ? null : new PlivoSignature(authToken);
    }

    @Override
    public void verify(RoutingContext context, CallbackMeters meters) {
        if (!isSigned(context.request())) {
            meters.badSignature();
            throw Problem.of(
                            ProblemCode.BAD_SIGNATURE,
                            "X-Plivo-Signature-V3 does not fit. Check HELIOGRAPH_PUBLIC_URL and PLIVO_AUTH_TOKEN.")
                    .exception();
        }
    }

    private boolean isSigned(HttpServerRequest request) {
        String nonce = request.getHeader(PlivoSignature.NONCE_HEADER);
        MultiMap form = request.formAttributes();
        return nonce != null
                && Stream.of(PlivoSignature.HEADER, PlivoSignature.MAIN_ACCOUNT_HEADER)
                        .anyMatch(header -> isSigned(request.uri(), form, nonce, request.getHeader(header)));
    }

    private boolean isSigned(String requestUri, MultiMap form, String nonce, @Nullable String signature) {
        return known != null
                && signature != null
                && urls.anyOf(requestUri, url -> known.matches(url, form, nonce, signature));
    }
}
