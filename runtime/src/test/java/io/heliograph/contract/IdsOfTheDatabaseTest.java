package io.heliograph.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The database makes ids for the messages that it makes itself; they must be like those of the gateway. */
class IdsOfTheDatabaseTest {
    @Test
    void are_of_version_7_and_of_the_moment_at_which_they_are_made() throws Exception {
        Set<UUID> made = new HashSet<>();

        try (Connection connection = TestDatabase.connect(TestDatabase.fresh());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                    SELECT id, id BETWEEN uuid_v7_floor(now() - interval '10 ms')
                                      AND uuid_v7_floor(clock_timestamp() + interval '10 ms') AS is_of_now
                    FROM (SELECT uuid_v7_now() AS id FROM generate_series(1, 100)) made""")) {
            while (rows.next()) {
                UUID id = rows.getObject("id", UUID.class);
                made.add(id);
                assertThat(id.version()).isEqualTo(7);
                assertThat(id.variant()).isEqualTo(2);
                assertThat(rows.getBoolean("is_of_now")).isTrue();
            }
        }

        assertThat(made).hasSize(100);
    }
}
