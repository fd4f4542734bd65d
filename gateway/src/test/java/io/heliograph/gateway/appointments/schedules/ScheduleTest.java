package io.heliograph.gateway.appointments.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Slots are as long as they are, and hours those of the wall, on every day of the year. */
class ScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Schedule daily(ZoneId zone, int minutes, OpenHours... open) {
        Map<DayOfWeek, List<OpenHours>> hours =
                Arrays.stream(DayOfWeek.values()).collect(Collectors.toMap(Function.identity(), _ -> List.of(open)));
        return new Schedule(zone, Duration.ofMinutes(minutes), hours, List.of());
    }

    private static OpenHours open(String from, String to) {
        return new OpenHours(LocalTime.parse(from), LocalTime.parse(to));
    }

    private static Instant at(String time) {
        return Instant.parse(time);
    }

    @Test
    void has_as_many_slots_as_fit_whole_into_the_hours() {
        Schedule schedule = daily(BERLIN, 40, open("09:00", "11:00"), open("14:00", "15:00"));

        List<Slot> slots = schedule.slots(LocalDate.parse("2026-12-01"));

        assertThat(slots)
                .containsExactly(
                        new Slot(at("2026-12-01T08:00:00Z"), at("2026-12-01T08:40:00Z")),
                        new Slot(at("2026-12-01T08:40:00Z"), at("2026-12-01T09:20:00Z")),
                        new Slot(at("2026-12-01T09:20:00Z"), at("2026-12-01T10:00:00Z")),
                        new Slot(at("2026-12-01T13:00:00Z"), at("2026-12-01T13:40:00Z")));
    }

    @Test
    void has_an_hour_less_on_the_day_on_which_clocks_are_put_forward() {
        Schedule schedule = daily(BERLIN, 30, open("01:00", "04:00"));

        List<Slot> slots = schedule.slots(LocalDate.parse("2026-03-29"));

        assertThat(slots).hasSize(4);
        assertThat(slots.get(2).startsAt()).isEqualTo(at("2026-03-29T01:00:00Z"));
        assertThat(slots.getLast().endsAt()).isEqualTo(at("2026-03-29T02:00:00Z"));
    }

    @Test
    void has_an_hour_more_on_the_day_on_which_they_are_put_back() {
        Schedule schedule = daily(BERLIN, 30, open("01:00", "04:00"));

        List<Slot> slots = schedule.slots(LocalDate.parse("2026-10-25"));

        assertThat(slots).hasSize(8).doesNotHaveDuplicates();
        assertThat(slots.getFirst().startsAt()).isEqualTo(at("2026-10-24T23:00:00Z"));
        assertThat(slots.getLast().endsAt()).isEqualTo(at("2026-10-25T03:00:00Z"));
    }

    @Test
    void covers_both_hours_of_the_same_name() {
        Schedule schedule = daily(BERLIN, 30, open("02:00", "03:00"));

        assertThat(schedule.slots(LocalDate.parse("2026-10-25"))).hasSize(4);
        assertThat(schedule.slots(LocalDate.parse("2026-03-29"))).isEmpty();
    }

    @Test
    void knows_of_each_time_whether_a_slot_begins_then() {
        Schedule schedule = daily(BERLIN, 20, open("01:00", "04:00"), open("09:10", "10:00"));
        for (String day : List.of("2026-03-29", "2026-10-25", "2026-12-01")) {
            List<Instant> begins = schedule.slots(LocalDate.parse(day)).stream()
                    .map(Slot::startsAt)
                    .toList();
            Instant midnight = schedule.beginOf(LocalDate.parse(day));

            for (int minute = 0; minute < 23 * 60; minute++) {
                Instant time = midnight.plusSeconds(60L * minute);
                assertThat(schedule.hasSlotAt(time)).as(time.toString()).isEqualTo(begins.contains(time));
            }
            assertThat(schedule.hasSlotAt(begins.getFirst().plusMillis(1))).isFalse();
        }
    }

    @Test
    void leaves_out_what_is_taken_or_overlaps_it() {
        Schedule schedule = daily(BERLIN, 30, open("09:00", "11:00"));
        Slot taken = new Slot(at("2026-12-01T08:45:00Z"), at("2026-12-01T09:05:00Z"));

        List<Slot> free = schedule.free(at("2026-12-01T00:00:00Z"), at("2026-12-02T00:00:00Z"), List.of(taken), 10);

        assertThat(free)
                .extracting(Slot::startsAt)
                .containsExactly(at("2026-12-01T08:00:00Z"), at("2026-12-01T09:30:00Z"));
        assertThat(schedule.free(at("2026-12-01T00:00:00Z"), at("2026-12-05T00:00:00Z"), List.of(), 3))
                .hasSize(3);
    }

    @Test
    void knows_of_each_day_the_first_time_that_is_free() {
        Schedule schedule = daily(BERLIN, 30, open("09:00", "10:00"));
        List<Slot> taken = List.of(
                new Slot(at("2026-12-01T08:00:00Z"), at("2026-12-01T08:30:00Z")),
                new Slot(at("2026-12-02T08:00:00Z"), at("2026-12-02T08:30:00Z")),
                new Slot(at("2026-12-02T08:30:00Z"), at("2026-12-02T09:00:00Z")));

        List<Slot> free = schedule.firstFree(at("2026-12-01T00:00:00Z"), at("2026-12-09T00:00:00Z"), taken, 3);

        assertThat(free)
                .extracting(Slot::startsAt)
                .containsExactly(at("2026-12-01T08:30:00Z"), at("2026-12-03T08:00:00Z"), at("2026-12-04T08:00:00Z"));
    }

    @Test
    void finds_what_is_free_as_if_each_slot_were_compared_with_each_visit() {
        Schedule schedule = daily(BERLIN, 20, open("09:00", "12:00"), open("14:00", "18:00"));
        Random random = new Random(7);
        Instant from = at("2026-12-01T00:00:00Z");
        for (int round = 0; round < 200; round++) {
            List<Slot> taken = new ArrayList<>();
            Instant free = from;
            while (free.isBefore(from.plus(Duration.ofDays(3)))) {
                Instant begin = free.plus(Duration.ofMinutes(random.nextInt(90)));
                free = begin.plus(Duration.ofMinutes(1 + random.nextInt(60)));
                boolean _ = taken.add(new Slot(begin, free));
            }

            List<Slot> found = schedule.free(from, from.plus(Duration.ofDays(3)), taken, 1_000);

            assertThat(found)
                    .isEqualTo(schedule.free(from, from.plus(Duration.ofDays(3)), List.of(), 1_000).stream()
                            .filter(slot -> taken.stream()
                                    .noneMatch(visit -> slot.startsAt().isBefore(visit.endsAt())
                                            && visit.startsAt().isBefore(slot.endsAt())))
                            .toList());
        }
    }

    @Test
    void has_none_on_a_holiday() {
        Schedule daily = daily(BERLIN, 30, open("09:00", "11:00"));
        Schedule schedule = new Schedule(
                BERLIN,
                daily.slot(),
                daily.hours(),
                List.of(new Holiday(LocalDate.parse("2026-12-24"), LocalDate.parse("2026-12-26"))));

        assertThat(schedule.slots(LocalDate.parse("2026-12-23"))).isNotEmpty();
        assertThat(schedule.slots(LocalDate.parse("2026-12-24"))).isEmpty();
        assertThat(schedule.slots(LocalDate.parse("2026-12-26"))).isEmpty();
        assertThat(schedule.slots(LocalDate.parse("2026-12-27"))).isNotEmpty();
        assertThat(schedule.hasSlotAt(at("2026-12-25T08:00:00Z"))).isFalse();
    }
}
