package io.heliograph.gateway.notifications.consents;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks along a chain of records and says where it is broken. Whoever has the answer can do the same: each hash is the SHA-256 of the
 * hash before it, as bytes, and the record's text; before the first there are 32 zero bytes.
 */
final class ConsentProof {
    private static final String START = "00".repeat(32);

    /** One link, as it is stored; hashes in hexadecimal. */
    record Link(int n, String text, String previousHash, String hash) {
        private boolean isWhole() {
            return hash.equals(sha256(previousHash, text));
        }

        private boolean follows(@Nullable Link before) {
            return before == null
                    ? n == 1 && previousHash.equals(START)
                    : n == before.n + 1 && previousHash.equals(before.hash);
        }

        JsonObject json() {
            return new JsonObject()
                    .put("n", n)
                    .put("record", text)
                    .put("previous_hash", previousHash)
                    .put("hash", hash);
        }
    }

    private ConsentProof() {}

    /** The number of the first record that was tampered with, or that follows one that is gone; null when all are as they were. */
    static @Nullable Integer brokenAt(@Nullable Link before, List<Link> links) {
        Link last = before;
        for (Link link : links) {
            if (!link.isWhole() || !link.follows(last)) {
                return link.n();
            }
            last = link;
        }
        return null;
    }

    static JsonArray json(List<Link> links) {
        JsonArray array = new JsonArray();
        links.forEach(link -> array.add(link.json()));
        return array;
    }

    private static String sha256(String previousHash, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(HexFormat.of().parseHex(previousHash));
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
