package io.heliograph.gateway.booking;

import io.heliograph.gateway.appointments.Appointments;
import io.heliograph.gateway.appointments.clinics.Place;
import io.heliograph.gateway.appointments.schedules.Slot;
import io.heliograph.gateway.booking.talk.Next;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;

/** Reads when a doctor is free, as much of it as a conversation asks for: the times of a day, or a few days that have any. */
final class LookUpFree {
    /** More than a day has, of the shortest slots. */
    private static final int FREE_TIMES_OF_DAY_MAX = 400;
    /** Of what is looked through for free days at first; then twice as many, and so on: the first days are free most of the time. */
    private static final int DAYS_AT_ONCE_MIN = 7;

    private final Appointments appointments;

    LookUpFree(Appointments appointments) {
        this.appointments = appointments;
    }

    Future<Known> find(SqlClient client, Known known, Next.LookUp lookUp) {
        Place place = known.places().get(lookUp.doctorId());
        Future<List<Slot>> slots =
                place == null ? Future.succeededFuture(List.of()) : slots(client, known, place, lookUp);
        return slots.map(free -> free.stream()
                        .map(slot -> LocalDateTime.ofInstant(slot.startsAt(), known.zone()))
                        .toList())
                .map(times -> known.with(known.world().knowing(lookUp, times)));
    }

    private Future<List<Slot>> slots(SqlClient client, Known known, Place place, Next.LookUp lookUp) {
        return switch (lookUp) {
            case Next.FreeTimes(var _, LocalDate day) ->
                appointments.freeSlots(
                        client, place, known.beginOf(day), known.beginOf(day.plusDays(1)), FREE_TIMES_OF_DAY_MAX);
            case Next.FreeDays(var _, LocalDate after) -> {
                LocalDate today = known.world().now().toLocalDate();
                yield firstDays(
                        client,
                        known,
                        place,
                        new Days(
                                after == null ? today : after.plusDays(1),
                                DAYS_AT_ONCE_MIN,
                                today.plusDays(known.world().clinic().daysAheadMax())));
            }
        };
    }

    /** Days to look through, from this one on, so many at once; the last one is inside. */
    private record Days(LocalDate from, int atOnce, LocalDate last) {
        /** Outside. */
        LocalDate until() {
            LocalDate until = from.plusDays(atOnce);
            return until.isAfter(last) ? last.plusDays(1) : until;
        }

        Days next() {
            return new Days(until(), atOnce * 2, last);
        }
    }

    private Future<List<Slot>> firstDays(SqlClient client, Known known, Place place, Days days) {
        if (days.from().isAfter(days.last())) {
            return Future.succeededFuture(List.of());
        }
        Instant from = known.beginOf(days.from());
        Instant until = known.beginOf(days.until());
        return appointments
                .firstFreeSlots(client, place, from, until, Next.FreeDays.DAYS_MAX)
                .compose(found -> found.size() == Next.FreeDays.DAYS_MAX
                        ? Future.succeededFuture(found)
                        : firstDays(client, known, place, days.next())
                                .map(more -> Stream.concat(found.stream(), more.stream())
                                        .limit(Next.FreeDays.DAYS_MAX)
                                        .toList()));
    }
}
