package io.heliograph.gateway.callbacks;

import io.heliograph.contract.PlivoSignature;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether Plivo signed a call to us; without a token nothing is. While tokens are rotated Plivo itself signs with each of them, so
 * that one is enough here.
 */
final class PlivoSigned implements CallbackProof {
    private final PublicUrls urls;
    private final List<PlivoSignature> signatures;

    PlivoSigned(String publicUrl, List<String> authTokens) {
        this.urls = new PublicUrls(publicUrl);
        this.signatures = authTokens.stream().map(PlivoSignature::new).toList();
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
        return signature != null
                && urls.anyOf(
                        requestUri,
                        url -> signatures.stream().anyMatch(known -> known.matches(url, form, nonce, signature)));
    }
}
