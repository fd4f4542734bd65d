package io.heliograph.simulator.callbacks;

import io.heliograph.contract.TwilioSignature;
import io.heliograph.simulator.http.Parameters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** Twilio signs the URL and the form's parameters. */
record TwilioDialect(TwilioSignature signature) implements Dialect {
    static final String TOKEN = "I-Twilio-Idempotency-Token";

    private static final CharSequence SIGNATURE = HttpHeaders.createOptimized(TwilioSignature.HEADER);
    private static final CharSequence AGENT = HttpHeaders.createOptimized("TwilioProxy/1.1");

    @Override
    public void sign(MultiMap headers, String url, Parameters parameters, boolean wrongly) {
        String right = signature.signText(parameters.signed(url));
        headers.set(SIGNATURE, wrongly ? Dialect.wrong(right) : right).set(HttpHeaders.USER_AGENT, AGENT);
    }
}
