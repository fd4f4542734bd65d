package io.heliograph.worker.recipients;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.UUID;

/** Stands for somebody who gets messages: the same on every channel that reaches them by the same number. */
final class Person {
    private Person() {}

    /** The first 128 bits of a hash; it need not be secret, because the message beside it has the address itself. */
    static UUID at(String address) {
        try {
            byte[] text = address.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
            ByteBuffer hash =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text));
            return new UUID(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
