package io.heliograph.gateway.outbox;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the persons who were erased and must not be written to again, by keyed hashes alone: see decision 24. As long as there
 * are none, nothing is hashed.
 */
public final class ErasedPersons {
    /** Knows nobody. */
    public static final ErasedPersons NONE = new ErasedPersons(null, null);

    private static final String ALGORITHM = "HmacSHA256";

    private final @Nullable Pool pool;
    private final @Nullable SecretKeySpec key;
    private volatile boolean any;

    private ErasedPersons(@Nullable Pool pool, @Nullable SecretKeySpec key) {
        this.pool = pool;
        this.key = key;
    }

    /** Without a key nobody can be erased, nor recognised. */
    public static ErasedPersons of(Pool pool, @Nullable String key) {
        return new ErasedPersons(
                pool, key == null ? null : new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    }

    public boolean hasKey() {
        return key != null;
    }

    boolean areThereAny() {
        return any && key != null;
    }

    /**
     * Whether there is anybody, for this process. What another gateway accepts until its next refresh, whoever finishes the erasure takes
     * back.
     */
    public Future<Void> refresh() {
        return pool == null
                ? Future.succeededFuture()
                : ErasedPersonStore.areThereAny(pool)
                        .onSuccess(found -> any = found)
                        .mapEmpty();
    }

    /** Of each of these, with spaces between; null where nobody was ever erased. */
    public @Nullable String hashes(long accountId, Collection<String> addresses) {
        return areThereAny()
                ? addresses.stream().map(address -> hash(accountId, address)).collect(Collectors.joining(" "))
                : null;
    }

    /** Of an address, or of an id that the account has given: the same person has another one with each account. */
    public String hash(long accountId, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal((accountId + " " + text).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }
}
