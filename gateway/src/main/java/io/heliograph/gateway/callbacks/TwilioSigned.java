package io.heliograph.gateway.callbacks;

import io.heliograph.contract.TwilioSignature;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells whether Twilio signed a call to us. Its own libraries accept the URL with its default port and without. */
final class TwilioSigned implements CallbackProof {
    private final PublicUrls urls;
    private final List<TwilioSignature> signatures;

    /** {@code publicUrl} has no slash at its end. */
    TwilioSigned(String publicUrl, List<String> authTokens) {
        this.urls = new PublicUrls(publicUrl);
        this.signatures = authTokens.stream().map(TwilioSignature::new).toList();
    }

    @Override
    public void verify(RoutingContext context, CallbackMeters meters) {
        HttpServerRequest request = context.request();
        String signature = request.getHeader(TwilioSignature.HEADER);
        if (!isSigned(request.uri(), request.formAttributes(), signature) || !TwilioFields.fitTheUrl(context)) {
            meters.badSignature();
            throw Problem.of(
                            ProblemCode.BAD_SIGNATURE,
                            "X-Twilio-Signature does not fit. Check HELIOGRAPH_PUBLIC_URL and TWILIO_AUTH_TOKEN.")
                    .exception();
        }
    }

    /** {@code requestUri} is path and query exactly as they came. */
    boolean isSigned(String requestUri, MultiMap form, @Nullable String signature) {
        if (signature == null) {
            return false;
        }
        String parameters = TwilioSignature.sorted(form);
        return urls.anyOf(
                requestUri,
                url -> signatures.stream().anyMatch(known -> known.matchesText(url + parameters, signature)));
    }
}
