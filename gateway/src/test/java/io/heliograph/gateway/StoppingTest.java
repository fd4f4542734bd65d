package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Starting and stopping in order. */
class StoppingTest {
    private static final String HELLO = "{\"to\":\"+15005550010\",\"text\":\"Hello\"}";

    private DatabaseUrl database;
    private TestSql sql;

    @BeforeEach
    void connect() {
        database = TestDatabase.fresh();
        sql = new TestSql(database);
    }

    @AfterEach
    void disconnect() throws Exception {
        sql.close();
    }

    /** More than once, for a connection that comes at the very moment is the one that could be forgotten. */
    @RepeatedTest(5)
    void answers_what_is_under_way_takes_nothing_more_and_lets_go_of_the_database() throws Exception {
        RunningGateway gateway = new RunningGateway(database);
        sql.execute("BEGIN; LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE");

        List<Integer> codes = AtOnce.call(3, i -> switch (i) {
            case 0 -> gateway.post("/v1/messages", HELLO).statusCode();
            case 1 -> {
                await().until(() -> sql.count("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
                gateway.stop();
                yield 0;
            }
            default -> {
                await().until(() -> refuses(gateway));
                sql.execute("COMMIT");
                yield 0;
            }
        });

        assertThat(codes.getFirst()).isEqualTo(202);
        assertThat(sql.count("SELECT count(*) FROM message JOIN outbox ON message_id = id"))
                .isOne();
        await().until(() -> connections() == 0);
        gateway.close();
    }

    @Test
    void refuses_to_start_on_a_database_without_the_schema() throws Exception {
        Vertx vertx = Vertx.vertx();

        assertThatThrownBy(() -> Gateway.start(vertx, RunningGateway.config(TestDatabase.empty()))
                        .await(10, TimeUnit.SECONDS))
                .isInstanceOf(Database.SchemaTooOldException.class)
                .hasMessageContaining("Run: ./heliograph migrate");

        vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void leaves_nothing_behind_when_a_port_is_taken() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (ServerSocket taken = new ServerSocket(0)) {
            GatewayConfig config = RunningGateway.config(
                    database, Map.of("HELIOGRAPH_ADMIN_PORT", Integer.toString(taken.getLocalPort())));

            assertThatThrownBy(() -> Gateway.start(vertx, config).await(10, TimeUnit.SECONDS))
                    .isInstanceOf(BindException.class);

            assertThat(vertx.deploymentIDs()).isEmpty();
            await().until(() -> connections() == 0);
        }
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    private long connections() {
        return sql.count("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'heliograph%'"
                + " AND datname = current_database()");
    }

    private static boolean refuses(RunningGateway gateway) {
        try {
            HttpResponse<String> _ = gateway.get("/openapi.yaml");
            return false;
        } catch (UncheckedIOException e) {
            return true;
        }
    }
}
