package io.heliograph.webhooks.deliver;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature of Standard Webhooks: HMAC-SHA256 over id, time and body, once for each secret that is good. */
final class StandardSignature {
    private static final String ALGORITHM = "HmacSHA256";

    private StandardSignature() {}

    /** The value of {@code webhook-signature}. */
    static String of(UUID id, long epochSecond, Buffer body, List<byte[]> secrets) {
        byte[] prefix = (id + "." + epochSecond + ".").getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = body.getBytes();
        return secrets.stream()
                .map(secret -> "v1," + Base64.getEncoder().encodeToString(hmac(secret, prefix, bytes)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] hmac(byte[] secret, byte[] prefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update(prefix);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }
}
