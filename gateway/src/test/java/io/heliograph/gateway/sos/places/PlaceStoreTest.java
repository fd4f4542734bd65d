package io.heliograph.gateway.sos.places;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What it costs to look for the cities that somebody may have meant. */
class PlaceStoreTest {
    private static final String MANY_DONORS_IN_THREE_CITIES = """
        INSERT INTO app_user (account_id, id, created_at, updated_at)
        SELECT 7, 'u' || n, now(), now() FROM generate_series(1, 3000) AS n;
        INSERT INTO donor (account_id, user_id, blood_group, city, city_key, available)
        SELECT 7, 'u' || n, 'O-', c.name, lower(c.name), true
        FROM generate_series(1, 3000) AS n, LATERAL (SELECT (ARRAY['Agra', 'Pune', 'Thane'])[1 + n % 3] AS name) c;
        ANALYZE donor;
        SET enable_seqscan = off""";

    private static final Pattern ROWS_OF_DONORS =
            Pattern.compile("on donor.*actual time=\\S+ rows=([0-9.]+) loops=(\\d+)");

    @Test
    void goes_from_city_to_city_and_not_past_everybody_who_lives_in_them() throws Exception {
        try (Connection connection = TestDatabase.connect(TestDatabase.fresh());
                Statement statement = connection.createStatement()) {
            boolean _ = statement.execute(MANY_DONORS_IN_THREE_CITIES);
            String sql = PlaceStore.KNOWN_NAMES.replace("$1", "7").replace("$2", "5000");

            assertThat(names(statement, sql)).contains("Agra", "Pune", "Thane");
            assertThat(rowsOfDonors(statement, sql)).isBetween(3, 6);
        }
    }

    private static String names(Statement statement, String sql) throws Exception {
        try (ResultSet names = statement.executeQuery("SELECT string_agg(name, ' ') FROM (" + sql + ") n")) {
            assertThat(names.next()).isTrue();
            return names.getString(1);
        }
    }

    private static int rowsOfDonors(Statement statement, String sql) throws Exception {
        int rows = 0;
        try (ResultSet plan = statement.executeQuery("EXPLAIN ANALYZE " + sql)) {
            while (plan.next()) {
                Matcher node = ROWS_OF_DONORS.matcher(plan.getString(1));
                if (node.find()) {
                    rows += (int) Math.round(Double.parseDouble(node.group(1))) * Integer.parseInt(node.group(2));
                }
            }
        }
        return rows;
    }
}
