package io.heliograph.simulator.plivo;

import io.heliograph.contract.PlivoSignature;
import io.heliograph.simulator.callbacks.Dialect;
import io.heliograph.simulator.http.Parameters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.random.RandomGenerator;

/** Plivo signs the URL, the form's parameters and a nonce that is new for every call. */
record PlivoDialect(PlivoSignature signature, RandomGenerator random) implements Dialect {
    private static final CharSequence AGENT = HttpHeaders.createOptimized("Plivo");

    @Override
    public void sign(MultiMap headers, String url, Parameters parameters, boolean wrongly) {
        String nonce = Long.toUnsignedString(random.nextLong());
        String right = signature.sign(url, parameters.toMultiMap(), nonce);
        headers.set(PlivoSignature.HEADER, wrongly ? Dialect.wrong(right) : right)
                .set(PlivoSignature.NONCE_HEADER, nonce)
                .set(HttpHeaders.USER_AGENT, AGENT);
    }
}
