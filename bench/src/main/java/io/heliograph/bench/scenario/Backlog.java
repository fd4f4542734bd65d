package io.heliograph.bench.scenario;

import io.heliograph.bench.rig.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** How many promises were outstanding, second by second, and how big their table was. */
final class Backlog {
    private static final long INTERVAL_NANOS = 1_000_000_000;

    /** The promises are counted in the snapshot; the size is of the table with its index. */
    private static final String LOOK = """
        SELECT (SELECT count(*) FROM outbox), pg_total_relation_size('outbox')""";

    /** One look. */
    record Look(double second, long promises, long bytes) {}

    private final List<Look> looks = new ArrayList<>();

    /** Looks until it is over. */
    void watch(Database database, BooleanSupplier isOver) throws SQLException {
        long start = System.nanoTime();
        while (!isOver.getAsBoolean()) {
            List<String> row = database.rows(LOOK).getFirst();
            double second = (System.nanoTime() - start) / 1e9;
            looks.add(new Look(second, Long.parseLong(row.get(0)), Long.parseLong(row.get(1))));
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
    }

    /** By how many promises it grew in a second, from then on: the slope of the line through all looks. */
    double growthPerSecond(double fromSecond) {
        List<Look> counted =
                looks.stream().filter(look -> look.second >= fromSecond).toList();
        double x = counted.stream().mapToDouble(Look::second).average().orElse(0);
        double y = counted.stream().mapToLong(Look::promises).average().orElse(0);
        double above = counted.stream()
                .mapToDouble(look -> (look.second - x) * (look.promises - y))
                .sum();
        double below = counted.stream()
                .mapToDouble(look -> (look.second - x) * (look.second - x))
                .sum();
        return below == 0 ? 0 : above / below;
    }

    long promisesMax(double fromSecond) {
        return looks.stream()
                .filter(look -> look.second >= fromSecond)
                .mapToLong(Look::promises)
                .max()
                .orElse(0);
    }

    double megabytesMax() {
        return looks.stream().mapToLong(Look::bytes).max().orElse(0) / 1_048_576.0;
    }
}
