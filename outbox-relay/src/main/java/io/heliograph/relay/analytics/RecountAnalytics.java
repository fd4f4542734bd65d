package io.heliograph.relay.analytics;

import io.heliograph.runtime.CommandLine;
import io.heliograph.runtime.ConfigurationException;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseFailure;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Environment;
import io.heliograph.runtime.IndexedPlans;
import io.heliograph.runtime.Main;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import java.io.PrintStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
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

    private static final String USAGE = """
            Usage: heliograph recount-analytics DAY [--gone-too]

            Counts the messages of DAY (of UTC, such as 2026-12-01) anew, in the database of HELIOGRAPH_DATABASE_URL, puts
            its sums right and says how many were wrong.

            --gone-too    also where messages are gone that were counted: then they are forgotten""";

    private RecountAnalytics() {}

    @SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    /** Answers the status to exit with. */
    static int run(List<String> arguments, Map<String, String> variables, PrintStream out, PrintStream err) {
        if (CommandLine.asksForHelp(arguments)) {
            out.println(USAGE);
            return 0;
        }
        if (arguments.isEmpty()
                || arguments.size() > 2
                || (arguments.size() == 2 && !arguments.get(1).equals(GONE_TOO))) {
            err.println(USAGE);
            return 2;
        }
        Environment environment = new Environment(variables);
        DatabaseUrl url =
                environment.databaseUrl("HELIOGRAPH_DATABASE_URL", "postgresql://postgres@localhost:5432/heliograph");
        try {
            environment.check();
            long wrong = recount(url, LocalDate.parse(arguments.getFirst()), arguments.contains(GONE_TOO));
            out.println(wrong == 0 ? "All sums were right." : wrong + " sums were wrong, and are put right.");
            return 0;
        } catch (DateTimeException e) {
            err.println("heliograph recount-analytics: DAY must be a day such as 2026-12-01");
            return 2;
        } catch (ConfigurationException e) {
            err.println("heliograph recount-analytics: " + e.getMessage());
        } catch (Exception e) {
            err.println("heliograph recount-analytics: " + words(url, e));
        }
        return 1;
    }

    private static String words(DatabaseUrl url, Exception failure) {
        return failure instanceof PgException pg && GONE.equals(pg.getSqlState())
                ? "messages of that day are gone, and its sums are all that there is; to forget them, too: " + GONE_TOO
                : DatabaseFailure.words(url, failure);
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
