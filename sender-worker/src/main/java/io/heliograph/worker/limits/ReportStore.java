package io.heliograph.worker.limits;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What this worker has seen of its providers lately, for whoever looks at the fleet. */
public final class ReportStore {
    /** A second of one provider; latency is null when no call has ended. */
    public record Report(
            String provider,
            double accepted,
            double refused,
            double failed,
            @Nullable Double latencyMillis,
            int inFlight) {}

    private static final String TELL = """
        WITH gone AS (
          -- Workers that have not told anything for long have died.
          DELETE FROM provider_report WHERE reported_at < now() - interval '1 minute' AND worker <> $1
        )
        INSERT INTO provider_report (provider, worker, reported_at, accepted, refused, failed, latency_ms, in_flight)
        SELECT provider, $1, now(), accepted, refused, failed, latency_ms, in_flight
        FROM unnest($2::text[], $3::float8[], $4::float8[], $5::float8[], $6::float8[], $7::int[])
          AS r (provider, accepted, refused, failed, latency_ms, in_flight)
        ORDER BY provider
        ON CONFLICT (provider, worker) DO UPDATE
        SET reported_at = excluded.reported_at, accepted = excluded.accepted, refused = excluded.refused,
            failed = excluded.failed, latency_ms = excluded.latency_ms, in_flight = excluded.in_flight""";

    private final Pool pool;

    public ReportStore(Pool pool) {
        this.pool = pool;
    }

    public Future<Void> tell(UUID worker, List<Report> reports) {
        return pool.preparedQuery(TELL)
                .execute(Tuple.wrap(new ArrayList<>(List.<Object>of(
                        worker,
                        column(reports, Report::provider, String[]::new),
                        column(reports, Report::accepted, Double[]::new),
                        column(reports, Report::refused, Double[]::new),
                        column(reports, Report::failed, Double[]::new),
                        column(reports, Report::latencyMillis, Double[]::new),
                        column(reports, Report::inFlight, Integer[]::new)))))
                .mapEmpty();
    }

    private static <T> T[] column(List<Report> reports, Function<Report, @Nullable T> value, IntFunction<T[]> array) {
        return reports.stream().map(value).toArray(array);
    }
}
