package io.heliograph.contract;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Twilio's {@code X-Twilio-Signature}: HMAC-SHA1 over the exact URL and the sorted form parameters, keyed by the
 * account's auth token. The simulator signs with it and the gateway verifies with it. Safe for any thread.
 */
public final class TwilioSignature {
    public static final String HEADER = "X-Twilio-Signature";

    private static final String ALGORITHM = "HmacSHA1";
    private static final Comparator<Map.Entry<String, String>> BY_NAME_AND_VALUE =
            Map.Entry.<String, String>comparingByKey().thenComparing(Map.Entry.comparingByValue());

    /** Holds the key; each use works on a copy, because a Mac keeps state and making one anew costs more. */
    private final Mac keyed;

    public TwilioSignature(String authToken) {
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }

    /**
     * The signature of a call. The URL is the one that was called, with its query and without its fragment; of a GET or
     * a JSON body the parameters are empty. Values of a repeated name count once and sorted, as Twilio's SDKs have it.
     */
    public String sign(String url, MultiMap parameters) {
        return signText(url + sorted(parameters));
    }

    /** What follows the URL in the text that is signed: the same for every URL and every token. */
    public static String sorted(MultiMap parameters) {
        // By entry, not by name: the map's own look-up ignores case, and Twilio's order does not.
        List<Map.Entry<String, String>> sorted = new ArrayList<>(parameters.entries());
        sorted.sort(BY_NAME_AND_VALUE);
        StringBuilder text = new StringBuilder(64 * sorted.size());
        Map.Entry<String, String> before = null;
        for (Map.Entry<String, String> parameter : sorted) {
            if (before == null || BY_NAME_AND_VALUE.compare(before, parameter) != 0) {
                text.append(parameter.getKey()).append(parameter.getValue());
            }
            before = parameter;
        }
        return text.toString();
    }

    /** The signature of the URL followed by the sorted parameters, put together by the caller. */
    public String signText(CharSequence urlAndParameters) {
        try {
            byte[] text = urlAndParameters.toString().getBytes(StandardCharsets.UTF_8);
            return Base64.getEncoder().encodeToString(((Mac) keyed.clone()).doFinal(text));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JDK's own " + ALGORITHM + " can be copied", e);
        }
    }

    /** Compares in constant time, so that a signature cannot be guessed byte by byte. */
    public boolean matches(String url, MultiMap parameters, String signature) {
        return matchesText(url + sorted(parameters), signature);
    }

    /** The same for the URL followed by the sorted parameters. */
    public boolean matchesText(String urlAndParameters, String signature) {
        return MessageDigest.isEqual(
                signText(urlAndParameters).getBytes(StandardCharsets.UTF_8),
                signature.getBytes(StandardCharsets.UTF_8));
    }
}
