package io.heliograph.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreateApiKeyTest {
    private static DatabaseUrl database;

    @BeforeAll
    static void migrate() {
        database = TestDatabase.fresh();
    }

    @Test
    void makes_an_account_and_a_key_and_keeps_its_hash() throws Exception {
        String key = CreateApiKey.create(database, "shop", List.of());

        assertThat(key).matches("hg_[A-Za-z0-9_-]{32}");
        assertThat(ApiKeys.isKey(key)).isTrue();
        assertThat(keysOf("shop"))
                .isEqualTo(
                        "messages:read messages:write " + hex(ApiKeys.hash(key).getBytes()));
    }

    @Test
    void makes_a_second_key_for_an_account_that_is_there() throws Exception {
        String first = CreateApiKey.create(database, "kiosk", List.of("messages:read"));
        String second = CreateApiKey.create(database, "kiosk", List.of("admin"));

        assertThat(first).isNotEqualTo(second);
        assertThat(query("SELECT count(*) FROM account WHERE name = 'kiosk'")).isEqualTo("1");
        assertThat(query("SELECT count(*) FROM api_key JOIN account ON id = account_id WHERE name = 'kiosk'"))
                .isEqualTo("2");
    }

    @Test
    void refuses_a_scope_that_is_none_and_names_those_that_are() {
        assertThatThrownBy(() -> CreateApiKey.create(database, "bar", List.of("messages:write", "everything")))
                .hasMessage("Scopes are: messages:write, messages:read, contacts:reveal, admin");
        assertThatThrownBy(() -> CreateApiKey.create(database, " ", List.of())).hasMessageContaining("ACCOUNT");
    }

    @Test
    void knows_the_scopes_that_the_schema_knows() throws Exception {
        for (String word : Scope.WORDS) {
            assertThat(CreateApiKey.create(database, "scopes", List.of(word))).isNotBlank();
        }
    }

    @Test
    void refuses_a_database_without_the_schema() {
        assertThatThrownBy(() -> CreateApiKey.create(TestDatabase.empty(), "shop", List.of()))
                .isInstanceOf(Database.SchemaTooOldException.class);
    }

    @Test
    void prints_the_key_alone_and_says_beside_it_when_gateways_take_it() {
        Answer answer = run(Map.of("HELIOGRAPH_DATABASE_URL", database.withPassword()), "printed");

        assertThat(answer.status()).isZero();
        assertThat(answer.out()).matches("hg_[A-Za-z0-9_-]{32}\n");
        assertThat(answer.err())
                .contains("gateways that run take it within 2 seconds")
                .doesNotContain(answer.out().trim());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void explains_itself_and_makes_no_account_of_that_name(String option) throws Exception {
        Answer answer = run(Map.of("HELIOGRAPH_DATABASE_URL", database.withPassword()), option);

        assertThat(answer.status()).isZero();
        assertThat(answer.out()).contains("api-key ACCOUNT [SCOPE ...]", "contacts:reveal");
        assertThat(answer.err()).isEmpty();
        assertThat(query("SELECT count(*) FROM account WHERE name LIKE '-%'")).isEqualTo("0");
    }

    @Test
    void refuses_an_account_that_looks_like_an_option() {
        Answer answer = run(Map.of("HELIOGRAPH_DATABASE_URL", database.withPassword()), "--scope", "admin");

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("ACCOUNT is a name", "does not begin with -");
    }

    @Test
    void says_where_the_database_is_not_and_keeps_its_password() {
        Answer away = run(Map.of("HELIOGRAPH_DATABASE_URL", "postgresql://me:never-told@127.0.0.1:1/shop"), "shop");
        Answer misnamed = run(
                Map.of("HELIOGRAPH_DATABASE_URL", database.withPassword().replaceFirst("/[^/]+$", "/nowhere")), "shop");

        assertThat(away.status()).isEqualTo(1);
        assertThat(away.err())
                .contains("127.0.0.1:1/shop cannot be reached", "Connection refused", "HELIOGRAPH_DATABASE_URL")
                .doesNotContain("never-told", "Exception");
        assertThat(misnamed.err())
                .contains("database \"nowhere\" does not exist", "Check HELIOGRAPH_DATABASE_URL")
                .doesNotContain("Exception");
    }

    private record Answer(int status, String out, String err) {}

    private static Answer run(Map<String, String> variables, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = CreateApiKey.run(
                List.of(arguments),
                variables,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Answer(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static String keysOf(String account) throws SQLException {
        return query(
                "SELECT array_to_string(ARRAY(SELECT unnest(scopes) ORDER BY 1), ' ') || ' ' || encode(key_hash, 'hex')"
                        + " FROM api_key JOIN account ON id = account_id WHERE name = '" + account + "'");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String query(String sql) throws SQLException {
        try (Connection connection = TestDatabase.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
