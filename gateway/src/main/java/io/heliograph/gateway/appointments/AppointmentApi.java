package io.heliograph.gateway.appointments;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.appointments.changing.BookStore;
import io.heliograph.gateway.appointments.changing.Booked;
import io.heliograph.gateway.appointments.changing.NewAppointment;
import io.heliograph.gateway.appointments.changing.VisitStore;
import io.heliograph.gateway.appointments.clinics.ClinicRoutes;
import io.heliograph.gateway.appointments.clinics.DoctorRoutes;
import io.heliograph.gateway.appointments.notices.NoticeStore;
import io.heliograph.gateway.appointments.notices.WriteNotices;
import io.heliograph.gateway.appointments.reading.ReadAppointments;
import io.heliograph.gateway.appointments.reading.SearchNotices;
import io.heliograph.gateway.appointments.reminding.Round;
import io.heliograph.gateway.appointments.reminding.SendDueReminders;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.telling.PlanEvents;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.GroupCommit;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.gateway.outbox.Turns;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** What a gateway has for visits: one for all of its event loops. */
public final class AppointmentApi {
    /** What others have, too. */
    public record Around(
            Catalog catalog, PlanEvents planEvents, Topics topics, ErasedPersons erased, Origins origins) {}

    /** What one event loop has. */
    public record OfLoop(
            ApiKeys apiKeys,
            Recipients recipients,
            String defaultCountry,
            Pool readPool,
            Pool commitPool,
            GroupCommit.Bounds bounds,
            Turns turns) {}

    private final Around around;
    private final RandomGenerator random = new SecureRandom();
    private final AppointmentJournal journal;
    private final BookStore bookings;
    private final VisitStore visits;
    private final SendDueReminders reminders;

    public AppointmentApi(Pool pool, Around around, PrometheusMeterRegistry registry) {
        this.around = around;
        this.journal = new AppointmentJournal(registry);
        WriteNotices write = new WriteNotices(
                around.catalog(), around.planEvents(), around.origins().ids());
        NoticeStore notices = new NoticeStore(around.topics(), around.erased());
        this.bookings = new BookStore(write, notices);
        this.visits = new VisitStore(write, notices);
        this.reminders = new SendDueReminders(
                pool, around.catalog(), write, notices, around.origins().clock());
    }

    /** For others, in transactions of theirs. */
    public Appointments door() {
        return new Appointments(around.catalog(), bookings, visits, around.origins(), random);
    }

    /** The work of a loop: answers how much there was. */
    public Future<Integer> remind() {
        return journal.ofReminders(reminders.runOnce()).map(Round::work);
    }

    public void mount(Router router, Answers answers, OfLoop loop) {
        ReadAppointments read = new ReadAppointments(loop.apiKeys(), loop.readPool(), loop.recipients());
        GroupCommit<NewAppointment, Booked> commit = new GroupCommit<>(
                loop.bounds(), loop.turns(), wanted -> journal.ofBookings(bookings.commit(loop.commitPool(), wanted)));
        AppointmentRoutes routes = new AppointmentRoutes(
                loop.apiKeys(),
                loop.readPool(),
                around.catalog(),
                new BookingFields(loop.recipients(), around.origins(), random),
                commit,
                read,
                new SearchNotices(loop.apiKeys(), loop.readPool(), loop.recipients()),
                around.origins().clock());
        routes.mount(router, answers);
        new ChangeRoutes(
                        loop.apiKeys(),
                        loop.readPool(),
                        around.catalog(),
                        visits,
                        journal,
                        read,
                        routes::instead,
                        around.origins())
                .mount(router, answers);
        new ClinicRoutes(loop.apiKeys(), loop.readPool(), loop.recipients(), loop.defaultCountry(), around.origins())
                .mount(router, answers);
        new DoctorRoutes(loop.apiKeys(), loop.readPool(), around.origins()).mount(router, answers);
    }
}
