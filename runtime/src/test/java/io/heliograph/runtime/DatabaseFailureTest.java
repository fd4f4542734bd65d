package io.heliograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.TestDatabase;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With the failures of a real database, and of one that is not there. */
class DatabaseFailureTest {
    private static final String PASSWORD = "never-told";

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void says_where_nobody_listens_and_what_to_look_at() {
        assertThat(words(new DatabaseUrl("127.0.0.1", 1, "me", PASSWORD, "shop")))
                .startsWith("the database 127.0.0.1:1/shop cannot be reached: Connection refused")
                .contains("HELIOGRAPH_DATABASE_URL")
                .doesNotContain("Exception", PASSWORD);
    }

    @Test
    void says_when_a_host_is_not_known() {
        assertThat(words(new DatabaseUrl("no-such-host.invalid", 5432, "me", PASSWORD, "shop")))
                .startsWith("the database no-such-host.invalid:5432/shop cannot be reached: its host is not known.")
                .doesNotContain("Exception", PASSWORD);
    }

    @Test
    void says_which_database_does_not_exist() {
        DatabaseUrl there = TestDatabase.empty();
        DatabaseUrl misnamed = new DatabaseUrl(there.host(), there.port(), there.user(), there.password(), "nowhere");

        assertThat(words(misnamed))
                .startsWith("localhost:" + there.port() + "/nowhere: The database refuses the login: ")
                .contains("database \"nowhere\" does not exist", "Check HELIOGRAPH_DATABASE_URL")
                .doesNotContain("Exception");
    }

    @Test
    void says_when_the_schema_is_missing() {
        assertThat(words(TestDatabase.empty())).contains("no Heliograph schema", "./heliograph migrate");
    }

    @Test
    void keeps_what_else_a_failure_says_to_itself() {
        DatabaseUrl url = new DatabaseUrl("db", 5432, "me", PASSWORD, "shop");

        assertThat(DatabaseFailure.words(url, new IllegalStateException("a person's number")))
                .isEqualTo("db:5432/shop: IllegalStateException");
    }

    private String words(DatabaseUrl url) {
        try {
            Database.requireSchema(Database.pool(vertx, url, "test", 1)).await(20, TimeUnit.SECONDS);
            throw new AssertionError("It did not fail");
        } catch (Exception e) {
            return DatabaseFailure.words(url, e);
        }
    }
}
