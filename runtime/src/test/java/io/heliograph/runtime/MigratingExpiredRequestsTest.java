package io.heliograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.db.Migrate;
import io.heliograph.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Requests for blood that nobody closed before they began to end by themselves: nobody is told of them now. */
class MigratingExpiredRequestsTest {
    private static final String AS_BEFORE = """
        DROP PROCEDURE gather_few_statistics;
        DROP INDEX sos_request_by_expiry;
        DROP TABLE sender_state;
        DELETE FROM flyway_schema_history WHERE version IN ('054', '056', '057');
        INSERT INTO account (name) VALUES ('clinic');
        INSERT INTO sos_request (id, account_id, patient_id, blood_group, units, city, city_key, priority, token, token_expires_at)
        SELECT gen_random_uuid(), a.id, 'ravi', 'A+', 1, 'Pune', 'pune', 'normal', token, now() + ends
        FROM account a, (VALUES ('PAST', interval '-2 days'), ('JUST', interval '-1 hour'), ('OPEN', interval '1 day')) r (token, ends)
        WHERE a.name = 'clinic'""";

    private static final String REQUESTS = """
        SELECT string_agg(concat_ws(' ', token, status, winding, ended_at = token_expires_at), ', ' ORDER BY token)
        FROM sos_request""";

    @Test
    void end_quietly_where_they_are_of_long_ago() throws Exception {
        DatabaseUrl url = TestDatabase.fresh();
        try (Connection connection = TestDatabase.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(AS_BEFORE);

            assertThat(Migrate.migrate(url.jdbc(), url.user(), url.password())).isEqualTo(3);

            try (ResultSet requests = statement.executeQuery(REQUESTS)) {
                assertThat(requests.next()).isTrue();
                // What has just run out is wound up like any other.
                assertThat(requests.getString(1)).isEqualTo("JUST open f, OPEN open f, PAST closed f t");
            }
        }
    }
}
