package io.heliograph.gateway.notifications.verifications.codes;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Hashes codes under a key: without the key a copy of the database tells none of them, though there are few. The key is the
 * operator's, else one that the database has made; a second one is good for checks only, so that a key can be changed.
 */
public final class CodeKeys {
    private static final String ALGORITHM = "HmacSHA256";

    /** A code under the key in use, and under the other one; the same twice where there is only one. */
    public record Hashes(Buffer current, Buffer other) {}

    private record Pair(SecretKeySpec current, SecretKeySpec other) {}

    private final CodeKeyStore store;
    private final List<SecretKeySpec> configured;
    private volatile @Nullable Pair keys;

    /** {@code configured}: the key and the one before; null for none. */
    public CodeKeys(SqlClient client, @Nullable String configured, @Nullable String previous) {
        this.store = new CodeKeyStore(client);
        this.configured = configured == null
                ? List.of()
                : Stream.of(configured, previous == null ? configured : previous)
                        .map(text -> key(text.getBytes(StandardCharsets.UTF_8)))
                        .toList();
        if (!this.configured.isEmpty()) {
            keys = new Pair(this.configured.getFirst(), this.configured.getLast());
        }
    }

    /** Reads the database's keys, where the operator has none. */
    public Future<Integer> refresh() {
        if (!configured.isEmpty()) {
            return Future.succeededFuture(0);
        }
        return store.read().map(read -> {
            SecretKeySpec current = key(read.current());
            Buffer other = read.other();
            keys = new Pair(current, other == null ? current : key(other));
            return 0;
        });
    }

    /** Of a code that is sent for this verification. */
    public Buffer hash(UUID verification, String code) {
        return hash(pair().current(), verification, code);
    }

    /** Of a code that somebody has typed. */
    public Hashes hashes(UUID verification, String code) {
        Pair pair = pair();
        Buffer current = hash(pair.current(), verification, code);
        return new Hashes(
                current, pair.other().equals(pair.current()) ? current : hash(pair.other(), verification, code));
    }

    private Pair pair() {
        Pair pair = keys;
        if (pair == null) {
            throw new IllegalStateException("The keys were not read");
        }
        return pair;
    }

    private static Buffer hash(SecretKeySpec key, UUID verification, String code) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(ByteBuffer.allocate(16)
                    .putLong(verification.getMostSignificantBits())
                    .putLong(verification.getLeastSignificantBits())
                    .flip());
            return Buffer.buffer(mac.doFinal(code.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }

    private static SecretKeySpec key(Buffer bytes) {
        return key(bytes.getBytes());
    }

    private static SecretKeySpec key(byte[] bytes) {
        return new SecretKeySpec(bytes, ALGORITHM);
    }
}
