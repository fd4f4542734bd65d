package io.heliograph.gateway.callbacks;

import io.heliograph.contract.TwilioSignature;
import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells whether Twilio signed a call to us. Its own libraries accept the URL with its default port and without. */
final class TwilioSigned {
    private final PublicUrls urls;
    private final List<TwilioSignature> signatures;

    /** {@code publicUrl} has no slash at its end. */
    TwilioSigned(String publicUrl, List<String> authTokens) {
        this.urls = new PublicUrls(publicUrl);
        this.signatures = authTokens.stream().map(TwilioSignature::new).toList();
    }

    /** {@code requestUri} is path and query exactly as they came. */
    boolean isSigned(String requestUri, MultiMap form, @Nullable String signature) {
        return signature != null
                && urls.anyOf(
                        requestUri, url -> signatures.stream().anyMatch(known -> known.matches(url, form, signature)));
    }
}
