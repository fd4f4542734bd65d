package io.heliograph.journeys;

import static io.heliograph.journeys.ExactlyOnce.awaitAllSent;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.db.Migrate;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.standalone.embedded.DataDirectory;
import io.heliograph.standalone.embedded.EmbeddedPostgres;
import io.heliograph.testing.LogGuard;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** PostgreSQL may die under load: nothing that was answered with 202 is lost, and everything resumes by itself. */
@ParameterizedClass
@EnumSource(BrokerKind.class)
class DatabaseRestartTest {
    private static final Path PROGRAMS = Path.of("target", "postgresql").toAbsolutePath();

    @RegisterExtension
    static final LogGuard LOG = House.logGuard();

    private final BrokerKind kind;

    @TempDir
    private Path directory;

    DatabaseRestartTest(BrokerKind kind) {
        this.kind = kind;
    }

    @Test
    void everything_accepted_is_sent_once_though_postgresql_is_killed_under_load() throws Exception {
        try (DataDirectory data = DataDirectory.open(directory);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(data, PROGRAMS);
                House house = House.withGateway(migrated(postgres.url()), kind.shared(), Map.of())) {
            var _ = house.startRelay();
            var _ = house.startWorker();

            try (Load load = Load.start(house.api(), 4)) {
                load.awaitAccepted(200);
                boolean _ = postgres.process().orElseThrow().destroyForcibly();
                load.awaitTrouble();
                boolean _ = postgres.revive();
                load.awaitAccepted(200);
            }

            awaitAllSent(house);
            assertThat(directory.resolve("postgresql/postgresql.log"))
                    .content()
                    .doesNotContain(Numbers.PREFIX, House.TEXT);
        }
    }

    private static DatabaseUrl migrated(DatabaseUrl url) {
        int _ = Migrate.migrate(url.jdbc(), url.user(), url.password());
        return url;
    }
}
