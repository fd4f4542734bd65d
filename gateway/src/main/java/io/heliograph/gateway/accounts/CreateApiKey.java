package io.heliograph.gateway.accounts;

import io.heliograph.runtime.ConfigurationException;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Environment;
import io.heliograph.runtime.Failures;
import io.heliograph.runtime.Main;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code ./heliograph api-key ACCOUNT [SCOPE ...]}: makes a key, and the account if it is new, and prints the key once. Only
 * its hash is kept. Gateways that run take it within seconds.
 */
public final class CreateApiKey {
    private static final int SECRET_BYTES = 24;
    private static final int ACCOUNT_LENGTH_MAX = 200;

    private CreateApiKey() {}

    @SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
    public static void main(String[] arguments) {
        if (arguments.length == 0) {
            System.err.println(
                    "Usage: heliograph api-key ACCOUNT [SCOPE ...]   scopes: " + String.join(", ", Scope.WORDS));
            System.exit(2);
        }
        try {
            Environment environment = new Environment(System.getenv());
            DatabaseUrl url = environment.databaseUrl(
                    "HELIOGRAPH_DATABASE_URL", "postgresql://postgres@localhost:5432/heliograph");
            environment.check();
            System.out.println(create(url, arguments[0], List.of(arguments).subList(1, arguments.length)));
            System.exit(0);
        } catch (IllegalArgumentException | ConfigurationException | Database.SchemaTooOldException e) {
            System.err.println("heliograph api-key: " + e.getMessage());
            System.exit(1);
        } catch (Exception e) {
            System.err.println("heliograph api-key: " + Failures.describe(e));
            System.exit(1);
        }
    }

    /** Answers the key. Without scopes it gets those that an application needs. */
    static String create(DatabaseUrl url, String account, List<String> scopeWords) throws Exception {
        if (account.isBlank() || account.length() > ACCOUNT_LENGTH_MAX) {
            throw new IllegalArgumentException("ACCOUNT is a name of 1 to " + ACCOUNT_LENGTH_MAX + " characters");
        }
        Set<Scope> scopes = scopeWords.isEmpty()
                ? Set.of(Scope.MESSAGES_WRITE, Scope.MESSAGES_READ)
                : scopeWords.stream().map(Scope::of).collect(Collectors.toUnmodifiableSet());
        String key = random();
        Vertx vertx = Main.vertx();
        Pool pool = Database.pool(vertx, url, "heliograph-api-key", 1);
        try {
            Database.requireSchema(pool)
                    .compose(ready -> AccountStore.addKey(pool, ApiKeys.hash(key), account, scopes))
                    .await(10, TimeUnit.SECONDS);
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
        return key;
    }

    /** Recognisable by its prefix, so that a leaked key is found by scanners. */
    private static String random() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return "hg_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }
}
