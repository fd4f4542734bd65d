package io.heliograph.gateway.notifications.verifications.checking;

import io.heliograph.gateway.notifications.verifications.checking.Checked.Before;
import io.heliograph.gateway.notifications.verifications.checking.Checked.Outcome;
import io.heliograph.gateway.notifications.verifications.codes.Verification;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Tries codes: many in one statement. What is compared are keyed hashes, so the time that it takes tells nothing of a code. */
public final class CheckStore {
    private static final String CHECK = """
        WITH asked AS MATERIALIZED (
          SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bytea[], $4::bytea[]) WITH ORDINALITY
            AS a (id, account_id, hash, other_hash, place)
        ), locked AS MATERIALIZED (
          -- One by one, in the order of their ids: a plan that is made while the table is empty would read all of it.
          SELECT v.*
          FROM (SELECT DISTINCT id FROM asked ORDER BY id) a
          CROSS JOIN LATERAL (
            SELECT v.id, v.account_id, v.status, v.checks, v.code_hash, v.previous_hash, v.expires_at <= now() AS expired
            FROM verification v WHERE v.id = a.id
            FOR NO KEY UPDATE
          ) v
        ), tried AS MATERIALIZED (
          -- Those of one verification count in the order in which they came.
          SELECT a.place, l.id, l.status, l.checks, l.expired,
                 row_number() OVER (PARTITION BY l.id ORDER BY a.place) AS n,
                 a.hash IN (l.code_hash, l.previous_hash) OR a.other_hash IN (l.code_hash, l.previous_hash) AS is_right
          FROM asked a JOIN locked l ON l.id = a.id AND l.account_id = a.account_id
        ), judged AS MATERIALIZED (
          SELECT id, status, checks, expired, count(*) AS asked, min(n) FILTER (WHERE is_right) AS right_at
          FROM tried GROUP BY id, status, checks, expired
        ), changed AS (
          UPDATE verification v
          SET checks = j.checks + least(coalesce(j.right_at, j.asked), $5::int - j.checks),
              status = CASE WHEN j.right_at <= $5::int - j.checks THEN 'approved'
                            WHEN j.asked >= $5::int - j.checks THEN 'too_many_checks' ELSE 'pending' END,
              ended_at = CASE WHEN j.right_at <= $5::int - j.checks OR j.asked >= $5::int - j.checks THEN now() END
          FROM judged j
          WHERE v.id = ANY (ARRAY(SELECT id FROM judged)) AND v.id = j.id AND j.status = 'pending' AND NOT j.expired
        )
        SELECT a.place, t.status, t.expired, t.checks, t.n, coalesce(j.right_at, 0) AS right_at
        FROM asked a LEFT JOIN tried t ON t.place = a.place LEFT JOIN judged j ON j.id = t.id
        ORDER BY a.place""";

    private final Pool pool;

    public CheckStore(Pool pool) {
        this.pool = pool;
    }

    /** One answer for each, in their order. */
    public Future<List<Checked>> check(List<Check> checks) {
        Tuple parameters = Tuple.tuple()
                .addArrayOfUUID(checks.stream().map(Check::verification).toArray(UUID[]::new))
                .addArrayOfLong(checks.stream().map(Check::accountId).toArray(Long[]::new))
                .addArrayOfBuffer(
                        checks.stream().map(check -> check.hashes().current()).toArray(Buffer[]::new))
                .addArrayOfBuffer(
                        checks.stream().map(check -> check.hashes().other()).toArray(Buffer[]::new))
                .addInteger(Verification.CHECKS_MAX);
        return pool.preparedQuery(CHECK).execute(parameters).map(rows -> {
            List<Checked> checked = new ArrayList<>(checks.size());
            rows.forEach(row -> checked.add(checked(row)));
            return checked;
        });
    }

    private static Checked checked(Row row) {
        String status = row.getString("status");
        if (status == null) {
            return new Checked(Outcome.NOT_FOUND, 0);
        }
        Before before = new Before(status, row.getBoolean("expired"), row.getInteger("checks"));
        return Checked.of(before, row.getInteger("n"), row.getInteger("right_at"));
    }
}
