package io.heliograph.worker.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.providers.Providers;
import io.heliograph.providers.file.ProvidersFile;
import io.heliograph.providers.fleet.FleetRoutes;
import io.heliograph.providers.fleet.FleetStore;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Environment;
import io.heliograph.testing.TestDatabase;
import io.heliograph.worker.testing.Messages;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RerouterTest {
    private final Vertx vertx = Vertx.vertx();
    private final DatabaseUrl database = TestDatabase.fresh();
    private final Messages messages = new Messages(database);
    private final Pool pool = Database.pool(vertx, database, "test", 2);
    private final FleetStore fleet = new FleetStore(pool);
    private final FleetRoutes routes = new FleetRoutes(fleet);
    private final Rerouter rerouter = new Rerouter(new RerouteStore(pool), routes, () -> 0.5);

    @BeforeEach
    void twoProviders(@TempDir Path folder) throws Exception {
        inForce(folder, """
            providers:
              first: {kind: log}
              second: {kind: log}
            routes:
              - {channel: sms, policy: ordered, providers: [first, second]}
            """);
        messages.execute("INSERT INTO provider_state (provider) VALUES ('first'), ('second')");
    }

    @AfterEach
    void stop() throws Exception {
        messages.close();
        Void _ = vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void moves_what_waits_at_a_provider_that_is_down() throws Exception {
        UUID id = messages.queued().topic("first").insert();
        down("first");

        assertThat(look()).isEqualTo(1);

        assertThat(topic(id)).isEqualTo("second");
        assertThat(messages.dueInSeconds(id)).isLessThanOrEqualTo(0);
        assertThat(messages.number("SELECT publishes FROM outbox")).isZero();
    }

    @Test
    void moves_what_waits_at_a_provider_that_is_slow_and_nothing_that_it_is_being_given() throws Exception {
        UUID waiting = messages.queued().topic("first").insert();
        UUID sending =
                messages.queued().topic("first").claimedBefore("1 second").insert();
        slow("first");

        assertThat(look()).isEqualTo(1);

        assertThat(topic(waiting)).isEqualTo("second");
        assertThat(topic(sending)).isEqualTo("first");
    }

    @Test
    void moves_nothing_from_one_that_is_slow_to_another_that_is_no_better() throws Exception {
        UUID id = messages.queued().topic("first").insert();
        slow("first");

        slow("second");
        assertThat(look()).isZero();
        down("second");
        assertThat(look()).isZero();

        assertThat(topic(id)).isEqualTo("first");
    }

    @Test
    void moves_what_waits_at_a_provider_that_is_down_even_to_one_that_is_slow() throws Exception {
        UUID id = messages.queued().topic("first").insert();
        down("first");
        slow("second");

        assertThat(look()).isEqualTo(1);

        assertThat(topic(id)).isEqualTo("second");
    }

    @Test
    void leaves_alone_what_waits_at_a_provider_that_is_well() throws Exception {
        UUID id = messages.queued().topic("first").insert();

        assertThat(look()).isZero();

        assertThat(topic(id)).isEqualTo("first");
    }

    @Test
    void moves_what_the_line_at_a_provider_would_outlive_to_one_where_it_leaves_in_time() throws Exception {
        UUID urgent = messages.queued()
                .topic("first")
                .with("expires_at", "now() + interval '1 minute'")
                .insert();
        UUID patient = messages.queued()
                .topic("first")
                .with("expires_at", "now() + interval '1 day'")
                .insert();
        line("first", "bulk", 3_600);
        assertThat(look()).isZero();
        line("first", "normal", 3_600);
        line("second", "normal", 3_600);
        assertThat(look()).isZero();
        line("second", "normal", 5);

        assertThat(look()).isEqualTo(1);

        assertThat(topic(urgent)).isEqualTo("second");
        assertThat(topic(patient)).isEqualTo("first");
    }

    @Test
    void moves_nothing_from_a_long_line_to_a_provider_that_is_not_well_nor_what_it_is_being_given() throws Exception {
        UUID sending = messages.queued()
                .topic("first")
                .with("expires_at", "now() + interval '1 minute'")
                .claimedBefore("1 second")
                .insert();
        line("first", "normal", 3_600);
        assertThat(look()).isZero();
        UUID waiting = messages.queued()
                .topic("first")
                .with("expires_at", "now() + interval '1 minute'")
                .insert();
        slow("second");
        assertThat(look()).isZero();

        assertThat(List.of(topic(sending), topic(waiting))).containsOnly("first");
    }

    @Test
    void leaves_it_where_it_is_when_nobody_is_better() throws Exception {
        UUID id = messages.queued().topic("first").insert();
        down("first");
        down("second");

        assertThat(look()).isZero();

        assertThat(topic(id)).isEqualTo("first");
    }

    @Test
    void sends_nobody_what_may_have_been_sent_and_lets_it_be_found_out_about() throws Exception {
        UUID sending =
                messages.queued().topic("first").claimedBefore("1 second").insert();
        UUID unknown = messages.queued().topic("first").unknownSince("1 minute").insert();
        UUID orphan = messages.queued().topic("gone").unknownSince("1 minute").insert();
        down("first");

        assertThat(look()).isEqualTo(3);

        assertThat(List.of(topic(sending), topic(unknown), topic(orphan))).containsOnly("none");
        assertThat(messages.status(unknown)).isEqualTo("unknown");
    }

    @Test
    void lets_a_message_expire_that_waited_too_long_for_a_provider_that_is_down() throws Exception {
        UUID id = messages.queued()
                .topic("first")
                .with("expires_at", "now() - interval '1 second'")
                .insert();
        down("first");
        down("second");

        assertThat(look()).isEqualTo(1);

        assertThat(topic(id)).isEqualTo("none");
    }

    @Test
    void moves_what_can_go_elsewhere_also_from_behind_many_that_cannot() throws Exception {
        for (int i = 0; i < 1_100; i++) {
            UUID _ = messages.queued()
                    .topic("first")
                    .with("channel", "'whatsapp'")
                    .insert();
        }
        UUID id = messages.queued().topic("first").insert();
        messages.execute("UPDATE outbox SET account_id = 9 WHERE message_id = '" + id + "'");
        down("first");

        int moved = look() + look() + look();

        assertThat(moved).isEqualTo(1);
        assertThat(topic(id)).isEqualTo("second");
    }

    @Test
    void moves_what_can_go_elsewhere_also_from_among_many_that_are_due_at_the_same_moment() throws Exception {
        for (int i = 0; i < 600; i++) {
            UUID _ = messages.queued()
                    .topic("first")
                    .with("channel", "'whatsapp'")
                    .insert();
        }
        UUID id = messages.queued().topic("first").insert();
        messages.execute("UPDATE outbox SET due_at = now()");
        down("first");

        int moved = look() + look();

        assertThat(moved).isEqualTo(1);
        assertThat(topic(id)).isEqualTo("second");
    }

    @Test
    void finds_a_way_for_what_came_before_there_were_routes_and_for_what_the_file_no_longer_names() throws Exception {
        UUID early = messages.queued().topic("sms").insert();
        UUID orphan = messages.queued().topic("gone").insert();

        assertThat(look()).isEqualTo(2);

        assertThat(topic(early)).isEqualTo("first");
        assertThat(topic(orphan)).isEqualTo("first");
    }

    @Test
    void sends_to_nowhere_what_no_route_leads_anywhere_so_that_it_fails_with_a_reason() throws Exception {
        UUID id = messages.queued()
                .with("channel", "'whatsapp'")
                .topic("whatsapp")
                .insert();

        assertThat(look()).isEqualTo(1);

        assertThat(topic(id)).isEqualTo("none");
    }

    @Test
    void sends_what_failed_at_one_provider_to_the_other() throws Exception {
        UUID id = messages.queued()
                .with("avoided_providers", "'{first}'")
                .topic("sms")
                .insert();

        assertThat(look()).isEqualTo(1);

        assertThat(topic(id)).isEqualTo("second");
    }

    @Test
    void sends_what_failed_at_one_provider_even_to_a_slow_one() throws Exception {
        UUID id = messages.queued()
                .topic("sms")
                .with("avoided_providers", "'{first}'")
                .insert();
        slow("second");

        assertThat(look()).isEqualTo(1);

        assertThat(topic(id)).isEqualTo("second");
    }

    @Test
    void lets_what_failed_at_one_provider_end_when_no_other_is_well() throws Exception {
        UUID failedAtBoth = messages.queued()
                .with("avoided_providers", "'{first,second}'")
                .topic("sms")
                .insert();
        assertThat(look()).isEqualTo(1);
        UUID failedAtFirst = messages.queued()
                .with("avoided_providers", "'{first}'")
                .topic("sms")
                .insert();
        down("second");
        assertThat(look()).isEqualTo(1);

        assertThat(List.of(topic(failedAtBoth), topic(failedAtFirst))).containsOnly("none");
    }

    @Test
    void never_moves_a_message_back_to_a_provider_that_has_failed_with_it() throws Exception {
        UUID id = messages.queued()
                .with("avoided_providers", "'{first}'")
                .topic("second")
                .insert();
        down("second");

        assertThat(look()).isZero();

        assertThat(topic(id)).isEqualTo("second");
    }

    private int look() throws Exception {
        Void _ = routes.refresh().await(5, TimeUnit.SECONDS);
        return rerouter.runOnce();
    }

    private void down(String provider) {
        messages.execute("UPDATE provider_state SET state = 'down', retry_at = now() + interval '1 minute'"
                + " WHERE provider = '" + provider + "'");
    }

    /** So many seconds long, at one a second. */
    private void line(String provider, String lane, int messagesWaiting) {
        messages.execute("INSERT INTO send_rate (scope, per_second) VALUES ('provider:" + provider
                + "', 1) ON CONFLICT DO NOTHING");
        messages.execute("INSERT INTO backlog (topic, lane, promises, counted_at) VALUES ('" + provider + "', '" + lane
                + "', " + messagesWaiting
                + ", now()) ON CONFLICT (topic, lane) DO UPDATE SET promises = excluded.promises");
    }

    private void slow(String provider) {
        messages.execute("UPDATE provider_state SET slow_until = now() + interval '1 minute' WHERE provider = '"
                + provider + "'");
    }

    private String topic(UUID id) {
        return messages.text("SELECT topic FROM outbox WHERE message_id = '" + id + "'");
    }

    private void inForce(Path folder, String text) throws Exception {
        Path file = Files.writeString(folder.resolve("providers.yaml"), text);
        Environment environment = new Environment(Map.of("HELIOGRAPH_PROVIDERS", file.toString()));
        Providers providers =
                ProvidersFile.of(environment, Duration.ofSeconds(60)).read();
        environment.check();
        Void _ = fleet.publish(providers.routingTable(), 0).await(5, TimeUnit.SECONDS);
    }
}
