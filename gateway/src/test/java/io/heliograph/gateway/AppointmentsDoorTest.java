package io.heliograph.gateway;

import static io.heliograph.gateway.AppointmentCalls.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.gateway.appointments.AppointmentApi;
import io.heliograph.gateway.appointments.Appointments;
import io.heliograph.gateway.appointments.changing.Booked;
import io.heliograph.gateway.appointments.changing.Changed;
import io.heliograph.gateway.appointments.clinics.Clinic;
import io.heliograph.gateway.appointments.clinics.Place;
import io.heliograph.gateway.appointments.schedules.Slot;
import io.heliograph.gateway.appointments.visits.Appointment;
import io.heliograph.gateway.appointments.visits.Patient;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.fields.Estimates;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.ShippedCatalog;
import io.heliograph.gateway.notifications.settings.AccountSettings;
import io.heliograph.gateway.notifications.telling.PlanEvents;
import io.heliograph.gateway.notifications.telling.Tell;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.Ids;
import io.heliograph.runtime.Metrics;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Others book and change visits in transactions of theirs: what they are refused leaves those as they were. */
class AppointmentsDoorTest {
    private static final TestClock CLOCK = new TestClock("2040-01-10T10:00:00+05:30");
    private static final Instant FRIDAY = Instant.parse("2040-01-13T04:30:00Z");
    private static final Instant LATER = FRIDAY.plus(Duration.ofMinutes(30));
    private static final Patient RAVI = new Patient("Ravi", null, PHONE, null, null);

    @RegisterExtension
    static final RunningGateway GATEWAY = new RunningGateway(TestDatabase.fresh(), Map.of(), CLOCK);

    private static final AppointmentCalls CALLS = new AppointmentCalls(GATEWAY);
    private static final Vertx VERTX = Vertx.vertx();
    private static final Pool POOL = Database.pool(VERTX, GATEWAY.sql().url(), "test", 2);
    private static final Appointments DOOR = door();

    private long account;

    private static Appointments door() {
        ShippedCatalog catalog = ShippedCatalog.read();
        Origins origins = new Origins(new Ids(), CLOCK);
        PlanEvents planEvents =
                new PlanEvents(catalog, new Tell(Estimates.AT_ONCE, origins.ids()), new AccountSettings(POOL));
        return new AppointmentApi(
                        POOL,
                        new AppointmentApi.Around(catalog, planEvents, Topics.UNROUTED, ErasedPersons.NONE, origins),
                        Metrics.registry())
                .door();
    }

    @AfterAll
    static void stop() throws Exception {
        var _ = VERTX.close().await(20, TimeUnit.SECONDS);
    }

    @BeforeEach
    void a_clinic_with_a_doctor() {
        CALLS.open();
        account = GATEWAY.sql().count("SELECT account_id FROM clinic");
    }

    private static <T> T inTransaction(Function<SqlClient, Future<T>> work) throws Exception {
        return POOL.withTransaction(work::apply).await(20, TimeUnit.SECONDS);
    }

    private Future<Booked> book(SqlClient client, Instant at) {
        return DOOR.book(client, account, "rao", at, RAVI, List.of(NotificationChannel.WHATSAPP), null);
    }

    private Appointment booked(Instant at) throws Exception {
        Booked booked = inTransaction(client -> book(client, at));
        assertThat(booked).isInstanceOf(Booked.Done.class);
        return ((Booked.Done) booked).appointment();
    }

    @Test
    void books_with_the_rest_of_the_transaction_or_not_at_all() throws Exception {
        Future<Booked> broken = POOL.withTransaction(
                client -> book(client, FRIDAY).compose(_ -> Future.failedFuture("the rest has failed")));

        assertThat(broken.<String>transform(done -> Future.succeededFuture(String.valueOf(done.cause())))
                        .await(20, TimeUnit.SECONDS))
                .contains("the rest has failed");
        CALLS.requireNothingHalfDone(0);

        JsonObject visit =
                CALLS.show(new JsonObject().put("booking_id", booked(FRIDAY).bookingId()));
        assertThat(visit.getJsonArray("history").getJsonObject(0).getString("by"))
                .isEqualTo("patient");
        assertThat(CALLS.told(visit, "appointment_confirmed").getString("channel"))
                .isEqualTo("whatsapp");
        CALLS.requireNothingHalfDone(1);
    }

    @Test
    void goes_on_in_the_same_transaction_when_a_place_is_taken() throws Exception {
        Appointment visit = booked(FRIDAY);
        Appointment other = booked(LATER);

        Changed moved = inTransaction(client -> DOOR.reschedule(client, visit, LATER)
                .compose(taken -> {
                    assertThat(taken).isInstanceOf(Changed.SlotTaken.class);
                    return book(client, LATER);
                })
                .compose(taken -> {
                    assertThat(taken).isInstanceOf(Booked.SlotTaken.class);
                    return DOOR.cancel(client, other);
                })
                .compose(_ -> DOOR.reschedule(client, visit, LATER)));

        assertThat(moved).isInstanceOf(Changed.Done.class);
        assertThat(((Changed.Done) moved).appointment().slot().startsAt()).isEqualTo(LATER);
        assertThat(GATEWAY.sql().count("SELECT count(*) FROM appointment_history"))
                .isEqualTo(4);
    }

    @Test
    void finds_doctors_free_slots_and_what_is_ahead_of_a_number() throws Exception {
        Appointment second = booked(LATER);
        Appointment first = booked(FRIDAY);

        List<Place> doctors = inTransaction(client -> DOOR.doctors(client, account, "CARDIOLOGY", 10));
        List<Slot> free = inTransaction(
                client -> DOOR.freeSlots(client, doctors.getFirst(), FRIDAY, FRIDAY.plus(Duration.ofHours(2)), 2));
        List<Appointment> upcoming = inTransaction(client -> DOOR.upcoming(client, account, PHONE, 10));

        List<Place> others = inTransaction(client -> DOOR.doctors(client, account, "Skin", 10));
        Place placeOf = inTransaction(client -> DOOR.placeOf(client, first));
        Clinic clinic = inTransaction(client -> DOOR.clinic(client, account));
        List<Appointment> ofNobody = inTransaction(client -> DOOR.upcoming(client, account, "+15005550010", 10));

        assertThat(doctors).extracting(place -> place.doctor().id()).containsExactly("rao");
        assertThat(others).isEmpty();
        assertThat(free)
                .extracting(Slot::startsAt)
                .containsExactly(FRIDAY.plus(Duration.ofHours(1)), FRIDAY.plus(Duration.ofMinutes(90)));
        assertThat(upcoming).extracting(Appointment::id).containsExactly(first.id(), second.id());
        assertThat(placeOf).isEqualTo(doctors.getFirst());
        assertThat(clinic).isEqualTo(placeOf.clinic());
        assertThat(ofNobody).isEmpty();
    }
}
