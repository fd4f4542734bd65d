package io.heliograph.gateway.sos.donors;

import io.heliograph.gateway.sos.places.PlaceKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/** The donors of accounts. */
final class DonorStore {
    private static final String PUT = """
        INSERT INTO donor (account_id, user_id, name, blood_group, city, city_key, area, available)
        SELECT account_id, id, $3::text, $4::text, $5::text, $6::text, $7::text, $8::boolean
        FROM app_user WHERE account_id = $1 AND id = $2
        ON CONFLICT (account_id, user_id) DO UPDATE
        SET name = excluded.name, blood_group = excluded.blood_group, city = excluded.city, city_key = excluded.city_key,
            area = excluded.area, available = excluded.available, updated_at = now()
        RETURNING *, xmax = 0 AS is_new""";

    private static final String GET = """
        SELECT d.*, r.* FROM donor d CROSS JOIN LATERAL (
          SELECT count(*) AS alerts, count(answer) AS answers, count(*) FILTER (WHERE answer = 'yes') AS yes,
                 count(*) FILTER (WHERE shared) AS shares
          FROM sos_response r WHERE r.account_id = d.account_id AND r.donor_id = d.user_id
        ) r
        WHERE d.account_id = $1 AND d.user_id = $2""";

    private static final String REMOVE = "DELETE FROM donor WHERE account_id = $1 AND user_id = $2";

    private final Pool pool;

    DonorStore(Pool pool) {
        this.pool = pool;
    }

    /** What was there before is replaced as a whole. Null when there is no such user. */
    Future<@Nullable Row> put(long accountId, String userId, Donor donor) {
        return row(
                PUT,
                Tuple.of(accountId, userId, donor.name(), donor.group().word(), donor.city())
                        .addString(PlaceKey.of(donor.city()))
                        .addString(donor.area())
                        .addBoolean(donor.isAvailable()));
    }

    /** With how often they were asked and what they said. Null when the user is no donor. */
    Future<@Nullable Row> get(long accountId, String userId) {
        return row(GET, Tuple.of(accountId, userId));
    }

    /** Answers whether they were one. */
    Future<Boolean> remove(long accountId, String userId) {
        return pool.preparedQuery(REMOVE).execute(Tuple.of(accountId, userId)).map(rows -> rows.rowCount() > 0);
    }

    private Future<@Nullable Row> row(String statement, Tuple parameters) {
        Future<RowSet<Row>> rows = pool.preparedQuery(statement).execute(parameters);
        return rows.map(found -> found.size() == 0 ? null : found.iterator().next());
    }
}
