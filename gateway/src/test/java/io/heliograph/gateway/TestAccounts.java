package io.heliograph.gateway;

import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Accounts and keys beside the first one, put straight into the database as another process would. */
final class TestAccounts {
    private TestAccounts() {}

    /** The key of the account, which the gateway knows when this returns. */
    static String add(RunningGateway gateway, String account, String... scopes) {
        String key = "key-of-" + account + "-" + String.join("-", scopes);
        gateway.sql().execute("INSERT INTO account (name) VALUES ('" + account + "') ON CONFLICT DO NOTHING");
        gateway.sql()
                .execute("INSERT INTO api_key (key_hash, account_id, scopes) SELECT '\\x" + hash(key) + "', id, '{"
                        + String.join(",", scopes) + "}' FROM account WHERE name = '" + account
                        + "' ON CONFLICT DO NOTHING");
        await().until(() ->
                gateway.get("/v1/ledger", "Authorization", "Bearer " + key).statusCode() != 401);
        return key;
    }

    static void revoke(RunningGateway gateway, String key) {
        gateway.sql().execute("UPDATE api_key SET revoked_at = now() WHERE key_hash = '\\x" + hash(key) + "'");
    }

    static String hex(Buffer bytes) {
        return HexFormat.of().formatHex(bytes.getBytes());
    }

    private static String hash(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
