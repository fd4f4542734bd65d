package io.heliograph.gateway.sos.places;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of places as they are compared, and those that are near. */
class PlaceKeyTest {
    @ParameterizedTest
    @CsvSource({
        "Mumbai, mumbai",
        "'  MUMBAI ', mumbai",
        "Múmbaï, mumbai",
        "New Delhi, newdelhi",
        "new-delhi, newdelhi",
        "ＤＥＬＨＩ, delhi",
        "São Paulo, saopaulo",
        "मुंबई, मुंबई",
        "'!?', ''"
    })
    void case_spaces_signs_and_accents_do_not_count(String name, String key) {
        assertThat(PlaceKey.of(name)).isEqualTo(key);
    }

    @Test
    void the_names_and_areas_that_everybody_has_stand_by_their_keys() throws Exception {
        try (Connection connection = TestDatabase.connect(TestDatabase.fresh());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT alias, alias_key FROM city_alias UNION ALL SELECT city, city_key FROM city_alias"
                                + " UNION ALL SELECT area, area_key FROM sos_area"
                                + " UNION ALL SELECT unnest(cities), unnest(city_keys) FROM sos_area")) {
            int seen = 0;
            while (rows.next()) {
                assertThat(PlaceKey.of(rows.getString(1))).isEqualTo(rows.getString(2));
                seen++;
            }
            assertThat(seen).isGreaterThan(100);
        }
    }

    @Test
    void a_name_that_is_spelt_wrong_is_near_to_the_right_one() {
        Map<String, String> known =
                Map.of("mumbai", "Mumbai", "chennai", "Chennai", "pune", "Pune", "bombay", "Mumbai");

        assertThat(NearestNames.to("mumbia", known)).isEqualTo(List.of("Mumbai"));
        assertThat(NearestNames.to("chenai", known)).isEqualTo(List.of("Chennai"));
        assertThat(NearestNames.to("pume", known)).isEqualTo(List.of("Pune"));
        assertThat(NearestNames.to("atlantis", known)).isEmpty();
    }
}
