package io.heliograph.gateway.booking;

import io.heliograph.gateway.appointments.Appointments;
import io.heliograph.gateway.appointments.changing.Booked;
import io.heliograph.gateway.appointments.changing.Changed;
import io.heliograph.gateway.appointments.clinics.Place;
import io.heliograph.gateway.appointments.visits.Appointment;
import io.heliograph.gateway.appointments.visits.Patient;
import io.heliograph.gateway.booking.ConversationStore.Line;
import io.heliograph.gateway.booking.Surroundings.Found;
import io.heliograph.gateway.booking.lines.Content;
import io.heliograph.gateway.booking.talk.Action;
import io.heliograph.gateway.booking.talk.Choice;
import io.heliograph.gateway.booking.talk.Converse;
import io.heliograph.gateway.booking.talk.Heard;
import io.heliograph.gateway.booking.talk.Next;
import io.heliograph.gateway.booking.talk.Outcome;
import io.heliograph.gateway.booking.talk.Stage;
import io.heliograph.gateway.booking.talk.Talk;
import io.heliograph.gateway.booking.texts.Language;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.turns.Answering;
import io.heliograph.gateway.turns.Dialog;
import io.heliograph.gateway.turns.Turn;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a turn of a booking conversation: brings what has to be known, does what was decided, and stores what is said. */
public final class HoldConversation implements Dialog {
    /** After so long a silence it has ended. */
    static final Duration SILENCE_MAX = Duration.ofHours(1);
    /** Of steps before something is said: an action, and a day with its times and two looks for other days before and after it. */
    private static final int STEPS_MAX = 8;

    private static final int TEXT_LENGTH_MAX = 1_600;

    private final Converse converse;
    private final Surroundings surroundings;
    private final LookUpFree lookUpFree;
    private final Appointments appointments;
    private final Answering answering;

    public HoldConversation(
            Converse converse, Surroundings surroundings, Appointments appointments, Answering answering) {
        this.converse = converse;
        this.surroundings = surroundings;
        this.lookUpFree = new LookUpFree(appointments);
        this.appointments = appointments;
        this.answering = answering;
    }

    /** What does not depend on an answer is asked without waiting for one; whatever fails, nothing of it goes on when this has ended. */
    @Override
    public Future<Void> take(SqlConnection connection, Turn turn) {
        Future<Line> line = ConversationStore.find(connection, turn);
        Future<Found> found = surroundings.find(connection, turn);
        return Future.join(line, found).compose(_ -> take(connection, turn, line.result(), found.result()));
    }

    private Future<Void> take(SqlConnection connection, Turn turn, Line line, Found found) {
        Talk last = isSilentFor(Booking.KEPT_FOR, turn, line) ? null : line.talk();
        Talk talk = last == null ? Talk.fresh(Language.of(line.locale())) : last;
        Heard heard = Hearing.of(turn, last != null && isSilentFor(SILENCE_MAX, turn, line));
        Stage stage = heard.afterSilence() ? Stage.GREETING : talk.stage();
        return surroundings
                .of(new Surroundings.Asked(turn, heard, stage, line.settings()), found)
                .compose(known -> step(connection, new Step(talk, heard, known, STEPS_MAX)))
                .compose(said -> Future.join(
                        ConversationStore.keep(connection, turn, said.talk()), answer(connection, turn, line, said)))
                .mapEmpty();
    }

    private static boolean isSilentFor(Duration time, Turn turn, Line line) {
        return line.lastAt() != null && turn.receivedAt().isAfter(line.lastAt().plus(time));
    }

    private record Step(Talk talk, Heard heard, Known known, int left) {
        Step knowing(Known more) {
            return new Step(talk, heard, more, left - 1);
        }
    }

    private Future<Next.Say> step(SqlConnection connection, Step step) {
        if (step.left() == 0) {
            return Future.failedFuture(new IllegalStateException("A conversation that does not come to a word"));
        }
        return switch (converse.next(step.talk(), step.heard(), step.known().world())) {
            case Next.Say said -> Future.succeededFuture(said);
            case Next.LookUp lookUp ->
                lookUpFree.find(connection, step.known(), lookUp).compose(more -> step(connection, step.knowing(more)));
            case Next.Do(Action action) ->
                act(connection, step, action)
                        .compose(outcome ->
                                step(connection, step.knowing(step.known().having(outcome))));
        };
    }

    private Future<Outcome> act(SqlConnection connection, Step step, Action action) {
        Known known = step.known();
        return switch (action) {
            case Action.Book book ->
                appointments
                        .book(
                                connection,
                                known.turn().accountId(),
                                book.doctorId(),
                                known.instant(book.at()),
                                patient(known.turn(), step.talk(), book),
                                channels(known, book),
                                notes(book))
                        .map(HoldConversation::outcome);
            case Action.Move(String bookingId, LocalDateTime at) -> {
                Appointment visit = known.appointment(bookingId);
                yield visit == null
                        ? Future.succeededFuture(new Outcome.Gone())
                        : appointments
                                .reschedule(connection, visit, known.instant(at))
                                .map(HoldConversation::outcome);
            }
            case Action.Cancel(String bookingId) -> {
                Appointment visit = known.appointment(bookingId);
                yield visit == null
                        ? Future.succeededFuture(new Outcome.Gone())
                        : appointments.cancel(connection, visit).map(HoldConversation::outcome);
            }
        };
    }

    /** As the clinic tells everybody; where that is by nothing that goes to a number, as they have written. */
    private static List<NotificationChannel> channels(Known known, Action.Book book) {
        Place place = known.places().get(book.doctorId());
        boolean isReached =
                place == null || place.clinic().channels().stream().anyMatch(NotificationChannel::goesToNumber);
        return isReached
                ? List.of()
                : List.of(NotificationChannel.of(known.turn().channel().word()));
    }

    private static Patient patient(Turn turn, Talk talk, Action.Book book) {
        return new Patient(
                book.patient(), null, turn.person(), null, talk.language().code());
    }

    private static @Nullable String notes(Action.Book book) {
        String age = book.age() == null ? "" : "Age " + book.age() + ". ";
        String notes = age + (book.complaint() == null ? "" : book.complaint());
        return notes.isBlank() ? null : notes.strip();
    }

    private static Outcome outcome(Booked booked) {
        return switch (booked) {
            case Booked.Done(var appointment, var _) -> new Outcome.Done(appointment.bookingId());
            // It was free when it was offered: the clinic's hours have changed since, or the moment has passed.
            case Booked.SlotTaken _, Booked.InThePast _, Booked.OutsideHours _ -> new Outcome.Taken();
            case Booked.Replayed _,
                    Booked.KeyReused _,
                    Booked.KeyUnknown _,
                    Booked.UnknownDoctor _,
                    Booked.UnknownUser _,
                    Booked.TooFarAhead _ -> new Outcome.Refused();
        };
    }

    private static Outcome outcome(Changed changed) {
        return switch (changed) {
            case Changed.Done(var appointment, var _) -> new Outcome.Done(appointment.bookingId());
            case Changed.SlotTaken _, Changed.InThePast _, Changed.OutsideHours _ -> new Outcome.Taken();
            case Changed.TooLate(var clinic) ->
                new Outcome.TooLate(Math.toIntExact(clinic.notice().toHours()));
            case Changed.NotFound _, Changed.NotAllowed _ -> new Outcome.Gone();
            case Changed.Replayed _,
                    Changed.KeyReused _,
                    Changed.SameTime _,
                    Changed.TooEarly _,
                    Changed.TooFarAhead _ -> new Outcome.Refused();
        };
    }

    /** With numbers; and with buttons or a list beside them, for a provider that has these. */
    private Future<Void> answer(SqlConnection connection, Turn turn, Line line, Next.Say said) {
        List<String> labels = said.choices().stream().map(Choice::label).toList();
        StringBuilder text = new StringBuilder(said.text());
        for (int i = 0; i < labels.size(); i++) {
            text.append(i == 0 ? "\n\n" : "\n").append(i + 1).append(". ").append(labels.get(i));
        }
        return answering.answer(
                connection, turn, cut(text.toString()), Content.of(line.settings(), said.text(), labels), null);
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= TEXT_LENGTH_MAX
                ? text
                : text.substring(0, text.offsetByCodePoints(0, TEXT_LENGTH_MAX));
    }
}
