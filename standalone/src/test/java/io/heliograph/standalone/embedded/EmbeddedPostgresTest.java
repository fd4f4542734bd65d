package io.heliograph.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    @TempDir
    private Path directory;

    private DataDirectory data;

    @BeforeEach
    void open() {
        data = DataDirectory.open(directory.resolve("data of mine"));
    }

    @AfterEach
    void close() throws IOException {
        data.close();
    }

    @Test
    void keeps_rows_and_port_over_a_restart() throws Exception {
        DatabaseUrl first;
        try (EmbeddedPostgres postgres = start()) {
            first = postgres.url();
            execute(first, "CREATE TABLE note AS SELECT 'kept' AS text");
        }

        try (EmbeddedPostgres postgres = start()) {
            assertThat(postgres.url()).isEqualTo(first);
            assertThat(query(first, "SELECT text FROM note")).containsExactly("kept");
        }
    }

    @Test
    void commits_to_the_disk_and_writes_no_statements_to_its_log() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            assertThat(query(postgres.url(), "SHOW fsync")).containsExactly("on");
            assertThat(query(postgres.url(), "SHOW synchronous_commit")).containsExactly("on");
            assertThat(query(postgres.url(), "SHOW full_page_writes")).containsExactly("on");
            execute(postgres.url(), "CREATE TABLE person (number text UNIQUE)");
            execute(postgres.url(), "INSERT INTO person VALUES ('+15005550010')");

            assertThatThrownBy(() -> execute(postgres.url(), "INSERT INTO person VALUES ('+15005550010')"))
                    .isInstanceOf(SQLException.class);
        }

        assertThat(directory.resolve("data of mine/postgresql/postgresql.log"))
                .content()
                .contains("duplicate key")
                .doesNotContain("5005550010");
    }

    @Test
    void recovers_what_was_committed_when_postgresql_was_killed() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            execute(postgres.url(), "CREATE TABLE note AS SELECT 'kept' AS text");
            assertThat(postgres.revive()).as("nothing to do").isFalse();
            assertThat(postgres.process().orElseThrow().destroyForcibly()).isTrue();
            Awaitility.await().until(() -> postgres.process().isEmpty());

            assertThat(postgres.revive()).isTrue();

            assertThat(query(postgres.url(), "SELECT text FROM note")).containsExactly("kept");
        }
    }

    @Test
    void stops_the_postgresql_that_a_killed_process_left_running() throws Exception {
        EmbeddedPostgres left = start();
        ProcessHandle before = left.process().orElseThrow();

        try (EmbeddedPostgres postgres = start()) {
            assertThat(before.info().command()).isEmpty();
            assertThat(postgres.process()).isPresent();
            assertThat(query(postgres.url(), "SELECT 1")).containsExactly("1");
        }
    }

    @Test
    void does_not_mistake_another_program_for_its_own() throws Exception {
        start().close();
        Path processFile = directory.resolve("data of mine/postgresql/data/postmaster.pid");
        Files.writeString(
                processFile, ProcessHandle.current().parent().orElseThrow().pid() + "\n/somewhere\n");

        try (EmbeddedPostgres postgres = start()) {
            assertThat(query(postgres.url(), "SELECT 1")).containsExactly("1");
        }
    }

    @Test
    void takes_another_port_when_its_own_was_taken_meanwhile() throws Exception {
        int usual;
        try (EmbeddedPostgres postgres = start()) {
            usual = postgres.url().port();
        }

        try (ServerSocket _ = new ServerSocket(usual, 1, InetAddress.getLoopbackAddress());
                EmbeddedPostgres postgres = start()) {
            assertThat(postgres.url().port()).isNotEqualTo(usual);
        }
    }

    @Test
    void says_what_is_wrong_when_postgresql_does_not_start() throws Exception {
        start().close();
        Files.writeString(directory.resolve("data of mine/postgresql/data/PG_VERSION"), "17\n");

        assertThatThrownBy(this::start)
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("database files are incompatible with server")
                .hasMessageContaining("postgresql.log");
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(data, TestPostgres.CACHE);
    }

    private static void execute(DatabaseUrl url, String sql) throws SQLException {
        try (Connection connection = TestDatabase.connect(url);
                Statement statement = connection.createStatement()) {
            boolean _ = statement.execute(sql);
        }
    }

    private static List<String> query(DatabaseUrl url, String sql) throws SQLException {
        try (Connection connection = TestDatabase.connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return List.of(rows.getString(1));
        }
    }
}
