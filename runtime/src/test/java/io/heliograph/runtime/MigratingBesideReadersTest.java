package io.heliograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.heliograph.contract.SchemaVersion;
import io.heliograph.db.Migrate;
import io.heliograph.testing.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;

/** A migration beside somebody who reads for long: everybody else would wait behind it. */
class MigratingBesideReadersTest {
    @Test
    void gives_up_with_a_word_and_is_repeated() throws Exception {
        DatabaseUrl url = TestDatabase.fresh();
        try (Connection reader = TestDatabase.connect(url);
                Statement statement = reader.createStatement()) {
            // The last migrations are still to come: whoever writes a later one takes that one back here.
            assertThat(SchemaVersion.REQUIRED).isEqualTo(57);
            statement.execute("""
                DROP TABLE sender_state;
                DROP PROCEDURE gather_few_statistics;
                DELETE FROM flyway_schema_history WHERE version IN ('056', '057')""");
            reader.setAutoCommit(false);
            statement.execute("LOCK TABLE outbox IN SHARE UPDATE EXCLUSIVE MODE");

            FlywayException failure = catchThrowableOfType(FlywayException.class, () -> migrate(url));

            assertThat(Migrate.words(failure))
                    .contains("V056")
                    .contains("Nothing of it was applied. Run it again")
                    .hasLineCount(1);
            reader.rollback();
        }
        assertThat(migrate(url)).isEqualTo(2);
        assertThat(migrate(url)).isZero();
    }

    private static int migrate(DatabaseUrl url) {
        return Migrate.migrate(url.jdbc(), url.user(), url.password());
    }
}
