package io.heliograph.gateway.callbacks;

import io.heliograph.contract.PlivoSignature;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells whether Plivo signed a call to us. Without a token nothing is. */
final class PlivoSigned {
    private final PublicUrls urls;
    private final List<PlivoSignature> signatures;

    PlivoSigned(String publicUrl, List<String> authTokens) {
        this.urls = new PublicUrls(publicUrl);
        this.signatures = authTokens.stream().map(PlivoSignature::new).toList();
    }

    boolean isSigned(HttpServerRequest request) {
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
