package io.heliograph.relay.analytics;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.LocalDate;

/** Moves the sums of messages forward, and counts days anew: by functions of the schema. Any number may do so at once. */
final class AnalyticsFoldStore {
    // By itself, and not in a transaction with something else.
    private static final String FOLD = """
        SELECT fold_analytics($1::float8 * interval '1 second', $2) AS more""";

    private static final String LAG = """
        SELECT date_part('epoch', now() - analytics_as_of()) AS seconds""";

    private static final String RECOUNT = """
        SELECT recount_analytics($1, $2) AS wrong""";

    private final Pool pool;

    AnalyticsFoldStore(Pool pool) {
        this.pool = pool;
    }

    /** Whether there is more to do at once. */
    Future<Boolean> fold(Duration delay, int messagesMax) {
        return pool.preparedQuery(FOLD)
                .execute(Tuple.of((double) delay.toMillis() / 1_000, messagesMax))
                .map(rows -> rows.iterator().next().getBoolean("more"));
    }

    /** Since when messages are not counted. */
    Future<Double> lagSeconds() {
        return pool.preparedQuery(LAG)
                .execute()
                .map(rows -> rows.iterator().next().getDouble("seconds"));
    }

    /** How many rows were wrong. */
    Future<Long> recount(LocalDate day, boolean goneToo) {
        return pool.preparedQuery(RECOUNT)
                .execute(Tuple.of(day, goneToo))
                .map(rows -> rows.iterator().next().getLong("wrong"));
    }
}
