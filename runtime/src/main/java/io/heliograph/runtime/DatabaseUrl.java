package io.heliograph.runtime;

import io.vertx.pgclient.PgConnectOptions;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Where PostgreSQL is. Prints without its password. */
public record DatabaseUrl(String host, int port, String user, String password, String database) {
    /** A statement that outlives this is stuck; whoever waits for it has given up long ago. */
    public static final Duration STATEMENT_MAX = Duration.ofSeconds(30);

    static final String STATEMENT_TIMEOUT = "statement_timeout";

    public static DatabaseUrl parse(String text) {
        URI uri = URI.create(text);
        String scheme = uri.getScheme();
        if ((!"postgresql".equals(scheme) && !"postgres".equals(scheme)) || uri.getHost() == null) {
            throw new IllegalArgumentException("Not a PostgreSQL URL");
        }
        String[] login = uri.getRawUserInfo() == null
                ? new String[] {"postgres"}
                : uri.getRawUserInfo().split(":", 2);
        String path = uri.getPath();
        String database = path == null || path.length() < 2 ? "postgres" : path.substring(1);
        return new DatabaseUrl(
                uri.getHost(),
                uri.getPort() < 0 ? 5432 : uri.getPort(),
                decode(login[0]),
                login.length > 1 ? decode(login[1]) : "",
                database);
    }

    public String jdbc() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** With the given name in pg_stat_activity, and statements prepared once for each connection. */
    public PgConnectOptions connectOptions(String applicationName) {
        return connectOptions(applicationName, STATEMENT_MAX);
    }

    /** The same, on which the server gives up a statement earlier or later than usual. */
    public PgConnectOptions connectOptions(String applicationName, Duration statementMax) {
        return new PgConnectOptions()
                .setHost(host)
                .setPort(port)
                .setUser(user)
                .setPassword(password)
                .setDatabase(database)
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(64)
                // By default the client forgets statements over 2 KB, and ours would be parsed and planned at each use.
                .setPreparedStatementCacheSqlFilter(sql -> true)
                .addProperty("application_name", applicationName)
                .addProperty(STATEMENT_TIMEOUT, Long.toString(statementMax.toMillis()));
    }

    /** What {@link #parse} reads back: the URL with its password, for handing on and never for a log. */
    public String withPassword() {
        return "postgresql://" + encode(user) + ":" + encode(password) + "@" + host + ":" + port + "/" + database;
    }

    @Override
    public String toString() {
        return "postgresql://" + user + ":***@" + host + ":" + port + "/" + database;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
