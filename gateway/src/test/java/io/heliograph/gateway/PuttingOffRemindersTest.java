package io.heliograph.gateway;

import static io.heliograph.gateway.AppointmentCalls.ravi;
import static io.heliograph.gateway.AppointmentCalls.wish;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.gateway.appointments.AppointmentApi;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.fields.Estimates;
import io.heliograph.gateway.notifications.settings.AccountSettings;
import io.heliograph.gateway.notifications.telling.PlanEvents;
import io.heliograph.gateway.notifications.telling.Tell;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.Ids;
import io.heliograph.runtime.Metrics;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An account whose words cannot be read keeps no other account's reminders back, however many of its own are due. */
class PuttingOffRemindersTest {
    /** Two doctors have as many: more than are told in one round. */
    private static final int VISITS_OF_A_DOCTOR = 55;

    private static final int ROUNDS = 3;
    private static final OffsetDateTime MORNING = OffsetDateTime.parse("2040-01-13T09:00:00+05:30");

    /** Its clock stands, so that it reminds nobody itself. */
    @RegisterExtension
    static final RunningGateway GATEWAY =
            new RunningGateway(TestDatabase.fresh(), Map.of(), new TestClock("2040-01-10T10:00:00+05:30"));

    private static final AppointmentCalls CALLS = new AppointmentCalls(GATEWAY);

    private final TestClock clock = new TestClock("2040-01-12T19:00:00+05:30");
    private final Vertx vertx = Vertx.vertx();
    private final Pool pool = Database.pool(vertx, GATEWAY.sql().url(), "test", 2);

    @AfterEach
    void close() throws Exception {
        var _ = vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void puts_off_what_cannot_be_told_for_longer_and_longer_and_tells_the_rest() throws Exception {
        CALLS.open();
        CALLS.put("/v1/doctors/rao", AppointmentCalls.doctor().put("slot_minutes", 5));
        CALLS.put("/v1/doctors/sen", AppointmentCalls.doctor().put("slot_minutes", 5));
        for (int i = 0; i < VISITS_OF_A_DOCTOR; i++) {
            String at = MORNING.plus(Duration.ofMinutes(5L * i)).toString();
            JsonObject _ = CALLS.booked(wish(at, ravi()));
            JsonObject _ = CALLS.booked(wish(at, ravi()).put("doctor", "sen"));
        }
        long unreadable = GATEWAY.sql().count("SELECT account_id FROM clinic");
        bookOfAnother();
        AppointmentApi reminding = reminding(unreadable);

        try (CapturedLog log = new CapturedLog()) {
            for (int round = 0; round < ROUNDS; round++) {
                int _ = reminding.remind().await(20, TimeUnit.SECONDS);
            }

            assertThat(told()).isOne();
            assertThat(log.lines("The words of an account cannot be read")).hasSize(1);
        }
        assertThat(dueIn()).isEqualTo("60");
        clock.advance(Duration.ofMinutes(1));
        int _ = reminding.remind().await(20, TimeUnit.SECONDS);
        int _ = reminding.remind().await(20, TimeUnit.SECONDS);
        assertThat(dueIn()).isEqualTo("120");

        clock.advance(Duration.ofMinutes(2));
        AppointmentApi again = reminding(0);
        for (int round = 0; round < ROUNDS; round++) {
            int _ = again.remind().await(20, TimeUnit.SECONDS);
        }
        assertThat(told()).isEqualTo(1 + 2 * VISITS_OF_A_DOCTOR);
    }

    private static void bookOfAnother() {
        String key = TestAccounts.add(GATEWAY, "another", "messages:write", "messages:read", "admin");
        String[] theirs = {"Authorization", "Bearer " + key};
        for (Map.Entry<String, JsonObject> put : Map.of(
                        "/v1/clinic", AppointmentCalls.clinic(), "/v1/doctors/rao", AppointmentCalls.doctor())
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .toList()) {
            assertThat(GATEWAY.send(
                                    GATEWAY.request(put.getKey())
                                            .PUT(BodyPublishers.ofString(
                                                    put.getValue().encode())),
                                    theirs)
                            .statusCode())
                    .isBetween(200, 201);
        }
        assertThat(CALLS.book(wish("2040-01-13T16:30:00+05:30", ravi()), theirs).statusCode())
                .isEqualTo(201);
    }

    private AppointmentApi reminding(long unreadable) {
        UnreadableCatalog catalog = new UnreadableCatalog(account -> account == unreadable);
        Origins origins = new Origins(new Ids(), clock);
        PlanEvents planEvents =
                new PlanEvents(catalog, new Tell(Estimates.AT_ONCE, origins.ids()), new AccountSettings(pool));
        return new AppointmentApi(
                pool,
                new AppointmentApi.Around(catalog, planEvents, Topics.UNROUTED, ErasedPersons.NONE, origins),
                Metrics.registry());
    }

    private static long told() {
        return GATEWAY.sql().count("SELECT count(*) FROM appointment_notice WHERE kind = 'appointment_reminder_24h'");
    }

    /** In how many seconds all of those that were put off are due. */
    private String dueIn() {
        return GATEWAY.sql()
                .text("SELECT string_agg(DISTINCT extract(epoch FROM due_at - timestamptz '" + OffsetDateTime.now(clock)
                        + "')::int::text, ' ') FROM appointment_reminder WHERE put_off > 0");
    }
}
