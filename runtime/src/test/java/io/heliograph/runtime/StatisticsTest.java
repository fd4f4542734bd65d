package io.heliograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What PostgreSQL gathers of the messages of a day: a sample of every text is a fifth of its work while they come in. */
class StatisticsTest {
    private static final String GATHERED = """
        SELECT DISTINCT attname FROM pg_inherits JOIN pg_attribute ON attrelid = inhrelid
        WHERE inhparent = 'message'::regclass AND attstattarget IS DISTINCT FROM 0
          AND attname IN ('body', 'metadata', 'content', 'recipient')""";
    private static final String ANALYSED_EARLY = """
        SELECT relname FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
        WHERE inhparent IN ('message'::regclass, 'attempt'::regclass)
          AND NOT coalesce(reloptions @> ARRAY['autovacuum_analyze_scale_factor=0.5'], false)""";

    @Test
    void are_of_what_is_asked_for_on_days_to_come_too() throws SQLException {
        try (Connection connection = TestDatabase.connect(TestDatabase.fresh());
                Statement statement = connection.createStatement()) {
            try (ResultSet made = statement.executeQuery("SELECT make_partitions(30)")) {
                assertThat(made.next()).isTrue();
                assertThat(made.getInt(1)).isPositive();
            }
            try (ResultSet gathered = statement.executeQuery(GATHERED)) {
                assertThat(gathered.next()).isTrue();
                assertThat(gathered.getString(1)).isEqualTo("recipient");
                assertThat(gathered.next()).isFalse();
            }
            try (ResultSet early = statement.executeQuery(ANALYSED_EARLY)) {
                assertThat(early.next()).isFalse();
            }
        }
    }
}
