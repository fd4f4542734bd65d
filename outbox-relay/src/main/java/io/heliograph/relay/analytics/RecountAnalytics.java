package io.heliograph.relay.analytics;

import io.heliograph.runtime.ConfigurationException;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Environment;
import io.heliograph.runtime.Failures;
import io.heliograph.runtime.IndexedPlans;
import io.heliograph.runtime.Main;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./heliograph recount-analytics DAY [--gone-too]}: counts the messages of a day of UTC anew, and says how many sums were wrong.
 * With {@code --gone-too} also where messages are gone that were counted when they were there: then they are forgotten.
 */
public final class RecountAnalytics {
    private static final String GONE_TOO = "--gone-too";
    /** A day may have hundreds of millions of messages. */
    private static final Duration TIME_MAX = Duration.ofHours(1);
    /** How PostgreSQL tells that messages are gone. */
    private static final String GONE = "55000";

    private RecountAnalytics() {}

    @SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
    public static void main(String[] arguments) {
        List<String> asked = List.of(arguments);
        if (asked.isEmpty()
                || asked.size() > 2
                || (asked.size() == 2 && !asked.get(1).equals(GONE_TOO))) {
            System.err.println(
                    "Usage: heliograph recount-analytics DAY [" + GONE_TOO + "]   DAY: of UTC, such as 2026-12-01");
            System.exit(2);
        }
        try {
            Environment environment = new Environment(System.getenv());
            DatabaseUrl url = environment.databaseUrl(
                    "HELIOGRAPH_DATABASE_URL", "postgresql://postgres@localhost:5432/heliograph");
            environment.check();
            long wrong = recount(url, LocalDate.parse(asked.getFirst()), asked.contains(GONE_TOO));
            System.out.println(wrong == 0 ? "All sums were right." : wrong + " sums were wrong, and are put right.");
            System.exit(0);
        } catch (DateTimeException e) {
            System.err.println("heliograph recount-analytics: DAY must be a day such as 2026-12-01");
            System.exit(2);
        } catch (ConfigurationException | Database.SchemaTooOldException e) {
            System.err.println("heliograph recount-analytics: " + e.getMessage());
            System.exit(1);
        } catch (PgException e) {
            System.err.println("heliograph recount-analytics: "
                    + (GONE.equals(e.getSqlState())
                            ? "messages of that day are gone, and its sums are all that there is; to forget them, too: "
                                    + GONE_TOO
                            : Failures.describe(e)));
            System.exit(1);
        } catch (Exception e) {
            System.err.println("heliograph recount-analytics: " + Failures.describe(e));
            System.exit(1);
        }
    }

    /** Answers how many sums were wrong. */
    static long recount(DatabaseUrl url, LocalDate day, boolean goneToo) throws Exception {
        Vertx vertx = Main.vertx();
        Pool pool = Database.pool(
                vertx, IndexedPlans.byNestedLoops(url.connectOptions("heliograph-recount-analytics", TIME_MAX)), 1);
        try {
            return Database.requireSchema(pool)
                    .compose(ready -> new AnalyticsFoldStore(pool).recount(day, goneToo))
                    .await(TIME_MAX.toMinutes(), TimeUnit.MINUTES);
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }
}
