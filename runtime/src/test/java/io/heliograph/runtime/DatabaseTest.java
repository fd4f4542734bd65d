package io.heliograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.contract.SchemaVersion;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.sqlclient.Pool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DatabaseTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void requires_the_newest_migration() throws Exception {
        int newest = pool(TestDatabase.fresh())
                .query("SELECT max(version::int) AS version FROM flyway_schema_history")
                .execute()
                .await(5, TimeUnit.SECONDS)
                .iterator()
                .next()
                .getInteger("version");

        assertThat(SchemaVersion.REQUIRED).isEqualTo(newest);
    }

    @Test
    void is_content_with_the_current_schema() throws Exception {
        Database.requireSchema(pool(TestDatabase.fresh())).await(5, TimeUnit.SECONDS);
    }

    @Test
    void refuses_an_empty_database_and_says_what_to_do() {
        Future<Void> required = Database.requireSchema(pool(TestDatabase.empty()));

        assertThatThrownBy(() -> required.await(5, TimeUnit.SECONDS))
                .isInstanceOf(Database.SchemaTooOldException.class)
                .hasMessage("The database has no Heliograph schema; this program needs version "
                        + SchemaVersion.REQUIRED + ". Run: ./heliograph migrate");
    }

    @Test
    void refuses_an_older_schema_and_says_what_to_do() throws SQLException {
        DatabaseUrl url = TestDatabase.fresh();
        execute(url, "DELETE FROM flyway_schema_history WHERE version::int > 3");

        Future<Void> required = Database.requireSchema(pool(url));

        assertThatThrownBy(() -> required.await(5, TimeUnit.SECONDS))
                .isInstanceOf(Database.SchemaTooOldException.class)
                .hasMessageContaining("is at version 3;")
                .hasMessageContaining("Run: ./heliograph migrate");
    }

    @Test
    void tells_a_login_that_is_refused_from_a_schema_that_is_missing() {
        DatabaseUrl there = TestDatabase.empty();
        DatabaseUrl noSuchDatabase =
                new DatabaseUrl(there.host(), there.port(), there.user(), there.password(), "nowhere");
        DatabaseUrl noSuchRole = new DatabaseUrl(there.host(), there.port(), "nobody", "wrong", there.database());

        for (DatabaseUrl url : List.of(noSuchDatabase, noSuchRole)) {
            Future<Void> required = Database.requireSchema(pool(url));

            assertThatThrownBy(() -> required.await(5, TimeUnit.SECONDS))
                    .isInstanceOf(Database.LoginRefusedException.class)
                    .hasMessageContaining("does not exist")
                    .hasMessageEndingWith("Check HELIOGRAPH_DATABASE_URL");
        }
    }

    @Test
    void tells_an_outage_from_a_schema_that_is_missing() {
        Future<Void> required = Database.requireSchema(pool(DatabaseUrl.parse("postgresql://127.0.0.1:1/none")));

        assertThatThrownBy(() -> required.await(10, TimeUnit.SECONDS))
                .satisfies(failure -> assertThat(Failures.isOutage(failure)).isTrue())
                .isNotInstanceOf(Database.SchemaTooOldException.class);
    }

    @Test
    @Timeout(30)
    void gives_up_a_server_that_takes_the_connection_and_then_says_nothing() throws Exception {
        NetServer silent = vertx.createNetServer()
                .connectHandler(socket -> {})
                .listen(0, "127.0.0.1")
                .await(5, TimeUnit.SECONDS);
        DatabaseUrl url = DatabaseUrl.parse("postgresql://127.0.0.1:" + silent.actualPort() + "/db");
        Pool pool = Database.pool(vertx, url.connectOptions("test", Duration.ofSeconds(1)), 1);

        Future<?> asked = pool.query("SELECT 1").execute();

        assertThatThrownBy(() -> asked.await(10, TimeUnit.SECONDS))
                .satisfies(failure -> assertThat(Failures.isOutage(failure)).isTrue());
    }

    private Pool pool(DatabaseUrl url) {
        return Database.pool(vertx, url, "test", 1);
    }

    private static void execute(DatabaseUrl url, String sql) throws SQLException {
        try (Connection connection = TestDatabase.connect(url);
                Statement statement = connection.createStatement()) {
            int _ = statement.executeUpdate(sql);
        }
    }
}
