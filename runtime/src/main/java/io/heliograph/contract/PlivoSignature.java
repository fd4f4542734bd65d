package io.heliograph.contract;

import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Plivo's {@code X-Plivo-Signature-V3}: HMAC-SHA256 over the URL with its query sorted, the sorted form parameters and a
 * nonce, keyed by the account's auth token. The simulator signs with it and the gateway verifies with it. Safe for any
 * thread.
 */
public final class PlivoSignature {
    public static final String HEADER = "X-Plivo-Signature-V3";
    public static final String NONCE_HEADER = "X-Plivo-Signature-V3-Nonce";
    /** Holds the signature with the main account's token, when a subaccount sent the message. */
    public static final String MAIN_ACCOUNT_HEADER = "X-Plivo-Signature-Ma-V3";

    private static final String ALGORITHM = "HmacSHA256";

    /** Holds the key; each use works on a copy, because a Mac keeps state and making one anew costs more. */
    private final Mac keyed;

    public PlivoSignature(String authToken) {
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }

    /**
     * The signature of a POST with these form parameters or, without parameters, of a GET, whose parameters are all in
     * the query. The URL is the one that was called.
     */
    public String sign(String url, MultiMap parameters, String nonce) {
        String text = text(url, parameters) + '.' + nonce;
        try {
            byte[] signature = ((Mac) keyed.clone()).doFinal(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JDK's own " + ALGORITHM + " can be copied", e);
        }
    }

    /**
     * The header holds one signature for each token that the account has at the time, with commas between them; one
     * match is enough. Compares in constant time, so that a signature cannot be guessed byte by byte.
     */
    public boolean matches(String url, MultiMap parameters, String nonce, String header) {
        byte[] wanted = sign(url, parameters, nonce).getBytes(StandardCharsets.UTF_8);
        boolean matches = false;
        for (String signature : header.split(",", -1)) {
            matches |= MessageDigest.isEqual(wanted, signature.strip().getBytes(StandardCharsets.UTF_8));
        }
        return matches;
    }

    /** {@code base}, {@code base?query}, {@code base?parameters} or {@code base?query.parameters}. */
    private static String text(String url, MultiMap parameters) {
        int fragment = url.indexOf('#');
        String called = fragment < 0 ? url : url.substring(0, fragment);
        int question = called.indexOf('?');
        String base = question < 0 ? called : called.substring(0, question);
        String query = question < 0 ? "" : sortedQuery(called.substring(question + 1));
        if (query.isEmpty() && parameters.isEmpty()) {
            return base;
        }
        return base + '?' + query + (query.isEmpty() || parameters.isEmpty() ? "" : ".") + sortedParameters(parameters);
    }

    private static String sortedQuery(String query) {
        SortedMap<String, TreeSet<String>> sorted = new TreeMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                var _ = sorted.computeIfAbsent(name, _ -> new TreeSet<>())
                        .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return sorted.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(value -> entry.getKey() + '=' + value))
                .collect(Collectors.joining("&"));
    }

    private static String sortedParameters(MultiMap parameters) {
        // By entry, not by name: the map's own look-up ignores case, and Plivo's order does not.
        SortedMap<String, TreeSet<String>> sorted = new TreeMap<>();
        parameters.forEach((name, value) ->
                sorted.computeIfAbsent(name, _ -> new TreeSet<>()).add(value));
        StringBuilder text = new StringBuilder(64 * parameters.size());
        sorted.forEach(
                (name, values) -> values.forEach(value -> text.append(name).append(value)));
        return text.toString();
    }

    /** Text that is not well-formed stays as it is: then the signature does not match, and nothing breaks. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
