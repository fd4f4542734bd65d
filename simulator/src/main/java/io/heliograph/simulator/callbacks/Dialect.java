package io.heliograph.simulator.callbacks;

import io.heliograph.simulator.http.Parameters;
import io.vertx.core.MultiMap;

/** How a provider presents itself when it calls a customer: its name, and what proves that it is the one. */
public interface Dialect {
    /** For providers that prove nothing: the customer's URL is the secret. */
    static Dialect unsigned(String agent) {
        return (headers, url, parameters, wrongly) -> headers.set("User-Agent", agent);
    }

    /**
     * Puts its headers on a call to this URL with these form parameters. Signed wrongly, a signature has the right
     * length and alphabet, so that only a real comparison tells.
     */
    void sign(MultiMap headers, String url, Parameters parameters, boolean wrongly);

    /** Something else of the same length and alphabet. */
    static String wrong(String signature) {
        return new StringBuilder(signature).reverse().insert(0, 'A').substring(0, signature.length());
    }
}
