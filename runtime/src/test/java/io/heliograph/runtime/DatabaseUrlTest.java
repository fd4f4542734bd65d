package io.heliograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @Test
    void reads_every_part() {
        assertThat(DatabaseUrl.parse("postgresql://ann:secret@db.example.com:6543/messages"))
                .isEqualTo(new DatabaseUrl("db.example.com", 6543, "ann", "secret", "messages"));
    }

    @Test
    void fills_in_what_is_left_out() {
        assertThat(DatabaseUrl.parse("postgres://db.example.com"))
                .isEqualTo(new DatabaseUrl("db.example.com", 5432, "postgres", "", "postgres"));
    }

    @Test
    void decodes_what_an_url_has_to_escape_and_keeps_a_plus_sign() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://a%40b:p%3A%2F%25+1@localhost/db%20one");

        assertThat(url.user()).isEqualTo("a@b");
        assertThat(url.password()).isEqualTo("p:/%+1");
        assertThat(url.database()).isEqualTo("db one");
    }

    @Test
    void never_prints_its_password() {
        assertThat(DatabaseUrl.parse("postgresql://ann:secret@localhost/db"))
                .hasToString("postgresql://ann:***@localhost:5432/db");
    }

    @Test
    void tells_the_server_how_long_a_statement_may_take() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://localhost/db");

        assertThat(url.connectOptions("test").getProperties()).containsEntry("statement_timeout", "30000");
        assertThat(url.connectOptions("test", Duration.ofMillis(1_500)).getProperties())
                .containsEntry("statement_timeout", "1500")
                .containsEntry("application_name", "test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost:5432", "mysql://localhost/db", "postgresql:///db", "postgresql://bad host/db"})
    void refuses_what_is_no_postgresql_url(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
