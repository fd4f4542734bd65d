package io.heliograph.gateway.appointments.schedules;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * When a doctor can be visited, whoever is there already. The hours are those of the wall clock, the slots are as long as they are: on the
 * day on which the clock is turned back there is an hour of them more, on the other one an hour less.
 *
 * @param hours those of one day do not overlap, and are in their order
 */
public record Schedule(ZoneId zone, Duration slot, Map<DayOfWeek, List<OpenHours>> hours, List<Holiday> holidays) {
    /** Nobody books further ahead. */
    public static final Duration AHEAD_MAX = Duration.ofDays(366);

    public Schedule {
        hours = Map.copyOf(hours);
        holidays = List.copyOf(holidays);
    }

    /** Of that day of the clinic, in their order. */
    public List<Slot> slots(LocalDate day) {
        List<Slot> slots = new ArrayList<>();
        for (Slot open : open(day)) {
            Instant at = open.startsAt();
            for (Instant next = at.plus(slot); !next.isAfter(open.endsAt()); next = at.plus(slot)) {
                slots.add(new Slot(at, next));
                at = next;
            }
        }
        return slots;
    }

    /** When the doctor is there. */
    private List<Slot> open(LocalDate day) {
        if (holidays.stream().anyMatch(holiday -> holiday.isOn(day))) {
            return List.of();
        }
        return hours.getOrDefault(day.getDayOfWeek(), List.of()).stream()
                .map(open -> new Slot(
                        ZonedDateTime.of(day, open.from(), zone)
                                .withEarlierOffsetAtOverlap()
                                .toInstant(),
                        ZonedDateTime.of(day, open.to(), zone)
                                .withLaterOffsetAtOverlap()
                                .toInstant()))
                .toList();
    }

    /** Those that begin between the two and are taken by nobody, at the most so many; looks no further than the end. */
    public List<Slot> free(Instant from, Instant until, List<Slot> taken, int max) {
        Taken places = new Taken(taken);
        return days(from, until)
                .flatMap(day -> free(day, from, until, places))
                .limit(max)
                .toList();
    }

    /** The first of each day that has one, of so many days at the most. */
    public List<Slot> firstFree(Instant from, Instant until, List<Slot> taken, int daysMax) {
        Taken places = new Taken(taken);
        return days(from, until)
                .flatMap(day -> free(day, from, until, places).limit(1))
                .limit(daysMax)
                .toList();
    }

    private Stream<LocalDate> days(Instant from, Instant until) {
        return from.atZone(zone)
                .toLocalDate()
                .datesUntil(until.atZone(zone).toLocalDate().plusDays(1));
    }

    private Stream<Slot> free(LocalDate day, Instant from, Instant until, Taken taken) {
        return slots(day).stream()
                .filter(slot ->
                        !slot.startsAt().isBefore(from) && slot.startsAt().isBefore(until))
                .filter(slot -> !taken.overlaps(slot));
    }

    /** Whether one begins then. */
    public boolean hasSlotAt(Instant startsAt) {
        return open(startsAt.atZone(zone).toLocalDate()).stream()
                .anyMatch(open -> !startsAt.isBefore(open.startsAt())
                        && !startsAt.plus(slot).isAfter(open.endsAt())
                        && Duration.between(open.startsAt(), startsAt).toNanos() % slot.toNanos() == 0);
    }

    /** Midnight by the clock of the clinic. */
    public Instant beginOf(LocalDate day) {
        return ZonedDateTime.of(day, LocalTime.MIDNIGHT, zone).toInstant();
    }
}
