package io.heliograph.gateway.sos.places;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Names of cities, and areas: an account's own, and those of everybody, which are account 0's. */
final class PlaceStore {
    static final int ALIASES_MAX = 1_000;
    static final int AREAS_MAX = 200;
    /** Whoever has donors in more cities than that is told of no nearer name than among these. */
    private static final int NAMES_MAX = 5_000;

    // A city is known where a donor lives in it, or where somebody has given it another name or made it a part of an
    // area.
    private static final String UNKNOWN = """
        SELECT k.key FROM unnest($2::text[]) AS k (key)
        CROSS JOIN LATERAL city_names($1, ARRAY[k.key]) AS names
        WHERE NOT EXISTS (SELECT FROM donor d WHERE d.account_id = $1 AND d.city_key = ANY (names))
          AND NOT EXISTS (SELECT FROM city_alias a WHERE a.account_id IN (0, $1) AND (a.alias_key = ANY (names) OR a.city_key = ANY (names)))
          AND NOT EXISTS (SELECT FROM sos_area a WHERE a.account_id IN (0, $1) AND a.city_keys && names)""";

    // From city to city along their index, one donor of each: not past everybody who lives in them.
    static final String KNOWN_NAMES = """
        WITH RECURSIVE city AS (
          (SELECT city_key, city FROM donor WHERE account_id = $1 ORDER BY city_key LIMIT 1)
          UNION ALL
          SELECT next.city_key, next.city FROM city c CROSS JOIN LATERAL (
            SELECT d.city_key, d.city FROM donor d WHERE d.account_id = $1 AND d.city_key > c.city_key ORDER BY d.city_key LIMIT 1) next
        )
        (SELECT city_key AS key, city AS name FROM city LIMIT $2)
        UNION ALL
        (SELECT alias_key, city FROM city_alias WHERE account_id IN (0, $1) LIMIT $2)
        UNION ALL
        (SELECT city_key, city FROM city_alias WHERE account_id IN (0, $1) LIMIT $2)
        UNION ALL
        (SELECT c.key, c.name FROM sos_area a CROSS JOIN LATERAL unnest(a.city_keys, a.cities) AS c (key, name)
         WHERE a.account_id IN (0, $1) LIMIT $2)""";

    private static final String SAME = "SELECT city_names($1, $2) AS keys";

    private static final String AREA = """
        SELECT city_keys FROM sos_area WHERE account_id IN (0, $1) AND area_key = $2 ORDER BY account_id DESC LIMIT 1""";

    private static final String LIST_ALIASES = """
        SELECT DISTINCT ON (alias_key) alias, city, account_id <> 0 AS is_own FROM city_alias
        WHERE account_id IN (0, $1) ORDER BY alias_key, account_id DESC""";

    private static final String LIST_AREAS = """
        SELECT DISTINCT ON (area_key) area, cities, account_id <> 0 AS is_own FROM sos_area
        WHERE account_id IN (0, $1) ORDER BY area_key, account_id DESC""";

    // Nothing comes back when the account has as many as it may.
    private static final String PUT_ALIAS = """
        INSERT INTO city_alias (account_id, alias_key, alias, city_key, city)
        SELECT $1::bigint, $2::text, $3::text, $4::text, $5::text
        WHERE (SELECT count(*) FROM city_alias WHERE account_id = $1) < $6
           OR EXISTS (SELECT FROM city_alias WHERE account_id = $1 AND alias_key = $2)
        ON CONFLICT (account_id, alias_key) DO UPDATE
        SET alias = excluded.alias, city_key = excluded.city_key, city = excluded.city
        RETURNING alias, city, true AS is_own""";

    private static final String PUT_AREA = """
        INSERT INTO sos_area (account_id, area_key, area, cities, city_keys)
        SELECT $1::bigint, $2::text, $3::text, $4::text[], $5::text[]
        WHERE (SELECT count(*) FROM sos_area WHERE account_id = $1) < $6
           OR EXISTS (SELECT FROM sos_area WHERE account_id = $1 AND area_key = $2)
        ON CONFLICT (account_id, area_key) DO UPDATE
        SET area = excluded.area, cities = excluded.cities, city_keys = excluded.city_keys
        RETURNING area, cities, true AS is_own""";

    private static final String REMOVE_ALIAS = "DELETE FROM city_alias WHERE account_id = $1 AND alias_key = $2";
    private static final String REMOVE_AREA = "DELETE FROM sos_area WHERE account_id = $1 AND area_key = $2";

    private final Pool pool;

    PlaceStore(Pool pool) {
        this.pool = pool;
    }

    /** Those keys of which nobody has heard. */
    Future<Set<String>> unknown(long accountId, Collection<String> keys) {
        return pool.preparedQuery(UNKNOWN)
                .execute(Tuple.of(accountId).addArrayOfString(keys.toArray(String[]::new)))
                .map(rows -> {
                    Set<String> unknown = new HashSet<>();
                    rows.forEach(row -> unknown.add(row.getString("key")));
                    return unknown;
                });
    }

    /** Names by their keys. */
    Future<Map<String, String>> knownNames(long accountId) {
        return pool.preparedQuery(KNOWN_NAMES)
                .execute(Tuple.of(accountId, NAMES_MAX))
                .map(rows -> {
                    Map<String, String> names = HashMap.newHashMap(rows.size());
                    rows.forEach(row -> names.putIfAbsent(row.getString("key"), row.getString("name")));
                    return names;
                });
    }

    /** The keys of all names that these cities have. */
    static Future<List<String>> same(SqlClient client, long accountId, Collection<String> keys) {
        return client.preparedQuery(SAME)
                .execute(Tuple.of(accountId).addArrayOfString(keys.toArray(String[]::new)))
                .map(rows -> List.of(rows.iterator().next().getArrayOfStrings("keys")));
    }

    /** Of the account's own, or else of everybody's; empty when there is none. */
    Future<List<String>> citiesOf(long accountId, String areaKey) {
        return pool.preparedQuery(AREA)
                .execute(Tuple.of(accountId, areaKey))
                .map(rows -> rows.size() == 0
                        ? List.of()
                        : List.of(rows.iterator().next().getArrayOfStrings("city_keys")));
    }

    Future<List<Row>> aliases(long accountId) {
        return rows(LIST_ALIASES, Tuple.of(accountId));
    }

    Future<List<Row>> areas(long accountId) {
        return rows(LIST_AREAS, Tuple.of(accountId));
    }

    /** None where the account has as many as it may. */
    Future<List<Row>> putAlias(long accountId, String alias, String city) {
        return rows(PUT_ALIAS, Tuple.of(accountId, PlaceKey.of(alias), alias, PlaceKey.of(city), city, ALIASES_MAX));
    }

    Future<List<Row>> putArea(long accountId, String area, List<String> cities) {
        String[] keys = cities.stream().map(PlaceKey::of).toArray(String[]::new);
        return rows(
                PUT_AREA, Tuple.of(accountId, PlaceKey.of(area), area, cities.toArray(String[]::new), keys, AREAS_MAX));
    }

    /** Answers whether the account had it. */
    Future<Boolean> removeAlias(long accountId, String alias) {
        return remove(REMOVE_ALIAS, accountId, alias);
    }

    Future<Boolean> removeArea(long accountId, String area) {
        return remove(REMOVE_AREA, accountId, area);
    }

    private Future<Boolean> remove(String statement, long accountId, String name) {
        return pool.preparedQuery(statement)
                .execute(Tuple.of(accountId, PlaceKey.of(name)))
                .map(rows -> rows.rowCount() > 0);
    }

    private Future<List<Row>> rows(String statement, Tuple parameters) {
        Future<RowSet<Row>> rows = pool.preparedQuery(statement).execute(parameters);
        return rows.map(
                found -> StreamSupport.stream(found.spliterator(), false).toList());
    }
}
