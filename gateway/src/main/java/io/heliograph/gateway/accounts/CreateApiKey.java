package io.heliograph.gateway.accounts;

import io.heliograph.runtime.CommandLine;
import io.heliograph.runtime.ConfigurationException;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseFailure;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Environment;
import io.heliograph.runtime.Main;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code ./heliograph api-key ACCOUNT [SCOPE ...]}: makes a key, and the account if it is new, and prints the key once. Only
 * its hash is kept. Gateways that run take it with their next refresh.
 */
public final class CreateApiKey {
    private static final int SECRET_BYTES = 24;
    private static final int ACCOUNT_LENGTH_MAX = 200;

    private static final String USAGE = """
            Usage: heliograph api-key ACCOUNT [SCOPE ...]

            Makes a key for ACCOUNT, and the account if it is new, in the database of HELIOGRAPH_DATABASE_URL. Prints the key
            once; only its hash is kept.

            SCOPE    %s; messages:write and messages:read
                     unless given""".formatted(String.join(", ", Scope.WORDS));

    private CreateApiKey() {}

    @SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    /** Answers the status to exit with. The key is all that stands on {@code out}, so that a script can take it. */
    static int run(List<String> arguments, Map<String, String> variables, PrintStream out, PrintStream err) {
        if (CommandLine.asksForHelp(arguments)) {
            out.println(USAGE);
            return 0;
        }
        if (arguments.isEmpty()) {
            err.println(USAGE);
            return 2;
        }
        Environment environment = new Environment(variables);
        DatabaseUrl url =
                environment.databaseUrl("HELIOGRAPH_DATABASE_URL", "postgresql://postgres@localhost:5432/heliograph");
        try {
            environment.check();
            out.println(create(url, arguments.getFirst(), arguments.subList(1, arguments.size())));
            err.println("heliograph api-key: gateways that run take it within " + ApiKeys.REFRESH_INTERVAL.toSeconds()
                    + " seconds. It is not shown again.");
            return 0;
        } catch (IllegalArgumentException | ConfigurationException e) {
            err.println("heliograph api-key: " + e.getMessage());
        } catch (Exception e) {
            err.println("heliograph api-key: " + DatabaseFailure.words(url, e));
        }
        return 1;
    }

    /** Answers the key. Without scopes it gets those that an application needs. */
    static String create(DatabaseUrl url, String account, List<String> scopeWords) throws Exception {
        if (account.isBlank() || account.length() > ACCOUNT_LENGTH_MAX || account.startsWith("-")) {
            throw new IllegalArgumentException(
                    "ACCOUNT is a name of 1 to " + ACCOUNT_LENGTH_MAX + " characters that does not begin with -");
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
