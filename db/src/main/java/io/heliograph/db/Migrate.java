package io.heliograph.db;

import java.net.URI;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/** Brings a database to the current schema: {@code ./heliograph migrate}. Nothing else changes the schema. */
public final class Migrate {
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private Migrate() {}

    /** Applies what is missing and answers how many migrations that were. Two at once are safe: the second waits. */
    public static int migrate(String jdbcUrl, String user, String password) {
        MigrateResult result = Flyway.configure(Migrate.class.getClassLoader())
                .dataSource(jdbcUrl, user, password)
                .locations("classpath:db/migration")
                // Rather gives up than have everybody wait behind it: somebody may read a table for hours.
                .jdbcProperties(Map.of("options", "-c lock_timeout=5s"))
                .load()
                .migrate();
        return result.migrationsExecuted;
    }

    @SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
    public static void main(String[] arguments) {
        String url = System.getenv()
                .getOrDefault("HELIOGRAPH_DATABASE_URL", "postgresql://postgres@localhost:5432/heliograph");
        try {
            URI uri = URI.create(url);
            String[] login = uri.getUserInfo() == null
                    ? new String[] {"postgres"}
                    : uri.getUserInfo().split(":", 2);
            int port = uri.getPort() < 0 ? 5432 : uri.getPort();
            int applied = migrate(
                    "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getPath(),
                    login[0],
                    login.length > 1 ? login[1] : "");
            System.out.println(
                    applied == 0
                            ? "The schema is current."
                            : "Applied " + applied + " migrations; the schema is current.");
        } catch (IllegalArgumentException e) {
            System.err.println(
                    "heliograph migrate: HELIOGRAPH_DATABASE_URL wants postgresql://user:password@host:5432/database");
            System.exit(1);
        } catch (FlywayException e) {
            System.err.println("heliograph migrate: " + words(e));
            System.exit(1);
        }
    }

    /** What a person reads when it did not work. */
    public static String words(FlywayException failure) {
        // The first line says it; the rest is a frame of dashes around a repetition.
        String first = String.valueOf(failure.getMessage()).lines().findFirst().orElse("failed");
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
                return first
                        + ": somebody has held a table that it wants for more than 5 s. Nothing of it was applied. Run it again;"
                        + " SELECT pid, query FROM pg_stat_activity WHERE state <> 'idle' ORDER BY xact_start shows who holds it.";
            }
        }
        return first;
    }
}
