package io.heliograph.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.providers.OlderFileException;
import io.heliograph.providers.Providers;
import io.heliograph.providers.file.ProvidersFile;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Environment;
import io.heliograph.testing.TestDatabase;
import io.heliograph.worker.limits.Limits;
import io.heliograph.worker.testing.Messages;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What workers put in force for each other, in a real database. */
class FleetTest {
    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final DatabaseUrl database = TestDatabase.fresh();
    private final Messages tables = new Messages(database);
    private final Pool pool = Database.pool(vertx, database, "test", 2);
    private final Fleet fleet = Fleet.through(pool);

    @AfterEach
    void stop() throws Exception {
        tables.close();
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void whatever_has_no_version_replaces_what_has_none() throws Exception {
        putInForce("", 10);

        putInForce("", 20);

        assertThat(limitInForce()).isEqualTo(20);
    }

    @Test
    void a_newer_file_replaces_an_older_one_and_so_does_one_of_the_same_version() throws Exception {
        putInForce("", 10);
        putInForce("version: 1", 20);
        putInForce("version: 3", 30);

        putInForce("version: 3", 40);

        assertThat(limitInForce()).isEqualTo(40);
    }

    @Test
    void an_older_file_changes_nothing_and_says_why() throws Exception {
        putInForce("version: 7", 10);

        assertThatThrownBy(() -> putInForce("version: 6", 100))
                .isInstanceOf(OlderFileException.class)
                .hasMessageContaining("has version 6, and the fleet has version 7 in force");
        assertThatThrownBy(() -> putInForce("", 100))
                .isInstanceOf(OlderFileException.class)
                .hasMessageContaining("has no version, and the fleet has version 7 in force");
        assertThat(limitInForce()).isEqualTo(10);
        assertThat(routed()).isEqualTo("dry7");
    }

    /** A worker that had begun to put its file in force, and goes on when a newer one is. */
    @Test
    void an_older_file_does_not_come_through_behind_a_newer_one() throws Exception {
        tables.execute("INSERT INTO account (name) VALUES ('acme')");
        putInForce("version: 6", 20);
        putInForce("version: 7", 10);
        Providers older = file("version: 6", 20);

        Void _ = fleet.rates().define(Limits.byScope(older), older.version()).await(5, TimeUnit.SECONDS);
        Void _ = fleet.accounts().define(older.limits(), older.version()).await(5, TimeUnit.SECONDS);
        Void _ = fleet.routes().publish(older.routingTable(), older.version()).await(5, TimeUnit.SECONDS);

        assertThat(limitInForce()).isEqualTo(10);
        assertThat(tables.number("SELECT per_second FROM account_rate")).isEqualTo(10);
        assertThat(routed()).isEqualTo("dry7");
    }

    private void putInForce(String version, int perSecond) throws Exception {
        Void _ = fleet.putInForce(file(version, perSecond)).await(5, TimeUnit.SECONDS);
    }

    private Providers file(String version, int perSecond) throws Exception {
        Path path = Files.writeString(folder.resolve("providers.yaml"), """
            %1$s
            providers:
              dry: {kind: log, limits: {per_second: %2$d}}
              dry7: {kind: log}
            limits: {account: {accounts: {acme: %2$d}}}
            routes: {sms: %3$s}
            """.formatted(
                        version, perSecond, version.endsWith("7") ? "dry7" : "dry"));
        Environment environment = new Environment(Map.of("HELIOGRAPH_PROVIDERS", path.toString()));
        Providers providers =
                ProvidersFile.of(environment, Duration.ofSeconds(60)).read();
        environment.check();
        return providers;
    }

    private double limitInForce() {
        return tables.number("SELECT per_second FROM send_rate WHERE scope = 'provider:dry'");
    }

    private String routed() {
        return tables.text("SELECT content #>> '{routes,0,providers,0,name}' FROM routing_table");
    }
}
