package io.heliograph.relay.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command says; what it counts is tested with the counting. */
class RecountAnalyticsTest {
    private static final String DAY = "2026-11-01";

    private record Answer(int status, String out, String err) {}

    @Test
    void counts_a_day() {
        assertThat(run(TestDatabase.fresh(), DAY)).isEqualTo(new Answer(0, "All sums were right.\n", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void explains_itself(String option) {
        Answer answer = run(nowhere(), DAY, option);

        assertThat(answer.status()).isZero();
        assertThat(answer.out()).contains("recount-analytics DAY [--gone-too]");
        assertThat(answer.err()).isEmpty();
    }

    @Test
    void says_where_the_database_is_not_and_keeps_its_password() {
        Answer away = run(nowhere(), DAY);
        DatabaseUrl there = TestDatabase.empty();
        Answer misnamed =
                run(new DatabaseUrl(there.host(), there.port(), there.user(), there.password(), "nowhere"), DAY);

        assertThat(away.status()).isEqualTo(1);
        assertThat(away.err())
                .contains("127.0.0.1:1/shop cannot be reached", "Connection refused", "HELIOGRAPH_DATABASE_URL")
                .doesNotContain("never-told", "Exception");
        assertThat(misnamed.err())
                .contains("database \"nowhere\" does not exist", "Check HELIOGRAPH_DATABASE_URL")
                .doesNotContain("Exception");
    }

    @Test
    void says_what_a_day_is() {
        assertThat(run(nowhere(), "yesterday").status()).isEqualTo(2);
        assertThat(run(nowhere()).err()).contains("Usage: heliograph recount-analytics DAY");
    }

    private static DatabaseUrl nowhere() {
        return new DatabaseUrl("127.0.0.1", 1, "me", "never-told", "shop");
    }

    private static Answer run(DatabaseUrl url, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = RecountAnalytics.run(
                List.of(arguments),
                Map.of("HELIOGRAPH_DATABASE_URL", url.withPassword()),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Answer(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
