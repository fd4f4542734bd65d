package io.heliograph.gateway.appointments;

import io.heliograph.gateway.appointments.changing.Booked;
import io.heliograph.gateway.appointments.changing.Changed;
import io.heliograph.gateway.appointments.changing.Wish;
import io.heliograph.gateway.appointments.reminding.Round;
import io.heliograph.gateway.outbox.CommitTally;
import io.heliograph.runtime.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what became of visits, and writes one line for each commit. Shared by all event loops; names nobody. */
final class AppointmentJournal {
    private static final Logger log = LoggerFactory.getLogger(AppointmentJournal.class);
    private static final String BOOKED = "booked";
    private static final String RESCHEDULED = "rescheduled";
    private static final String SLOT_TAKEN = "slot_taken";
    private static final String REPLAYED = "replayed";
    private static final String REFUSED = "refused";

    private final CommitTally results;
    private final Counter reminders;

    AppointmentJournal(PrometheusMeterRegistry registry) {
        results = new CommitTally(
                log,
                List.of(BOOKED, RESCHEDULED, "cancelled", "completed", "no_show", SLOT_TAKEN, REPLAYED, REFUSED),
                result -> Metrics.counter(
                        registry,
                        "heliograph_appointments",
                        "Appointments that were to be booked or changed, by what became of it",
                        "result",
                        result));
        reminders = Metrics.counter(
                registry,
                "heliograph_appointment_reminders",
                "Reminders and follow-ups that came due",
                "result",
                "told");
    }

    Future<List<Booked>> ofBookings(Future<List<Booked>> commit) {
        long startedNanos = System.nanoTime();
        return commit.onSuccess(answers -> results.write(
                "Booked appointments",
                answers.stream().map(AppointmentJournal::word).toList(),
                startedNanos));
    }

    Future<Changed> ofChange(Wish wish, Future<Changed> commit) {
        long startedNanos = System.nanoTime();
        return commit.onSuccess(
                changed -> results.write("Changed an appointment", List.of(word(wish, changed)), startedNanos));
    }

    Future<Round> ofReminders(Future<Round> commit) {
        return commit.onSuccess(round -> {
            if (round.told() > 0) {
                reminders.increment(round.told());
                log.atInfo().addKeyValue("reminders", round.told()).log("Told what was due of appointments");
            }
        });
    }

    private static String word(Booked booked) {
        return switch (booked) {
            case Booked.Done _ -> BOOKED;
            case Booked.Replayed _ -> REPLAYED;
            case Booked.SlotTaken _ -> SLOT_TAKEN;
            case Booked.KeyReused _,
                    Booked.KeyUnknown _,
                    Booked.UnknownDoctor _,
                    Booked.UnknownUser _,
                    Booked.InThePast _,
                    Booked.TooFarAhead _,
                    Booked.OutsideHours _ -> REFUSED;
        };
    }

    private static String word(Wish wish, Changed changed) {
        return switch (changed) {
            case Changed.Done _ ->
                switch (wish) {
                    case Wish.Reschedule _ -> RESCHEDULED;
                    case Wish.Set set -> set.to().word();
                };
            case Changed.Replayed _ -> REPLAYED;
            case Changed.SlotTaken _ -> SLOT_TAKEN;
            case Changed.KeyReused _,
                    Changed.NotFound _,
                    Changed.NotAllowed _,
                    Changed.SameTime _,
                    Changed.TooLate _,
                    Changed.TooEarly _,
                    Changed.InThePast _,
                    Changed.TooFarAhead _,
                    Changed.OutsideHours _ -> REFUSED;
        };
    }
}
