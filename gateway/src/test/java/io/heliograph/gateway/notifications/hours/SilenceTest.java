package io.heliograph.gateway.notifications.hours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** When nobody is woken, by clocks that are changed twice a year. */
class SilenceTest {
    private static final String BERLIN = "Europe/Berlin";

    @Test
    void is_over_in_the_morning_when_it_began_in_the_evening() {
        assertThat(first("22:00", "07:00", BERLIN, "2026-01-10T21:59:59+01:00"))
                .isEqualTo(at("2026-01-10T21:59:59+01:00"));
        assertThat(first("22:00", "07:00", BERLIN, "2026-01-10T22:00:00+01:00"))
                .isEqualTo(at("2026-01-11T07:00:00+01:00"));
        assertThat(first("22:00", "07:00", BERLIN, "2026-01-11T06:59:59+01:00"))
                .isEqualTo(at("2026-01-11T07:00:00+01:00"));
        assertThat(first("22:00", "07:00", BERLIN, "2026-01-11T07:00:00+01:00"))
                .isEqualTo(at("2026-01-11T07:00:00+01:00"));
    }

    @Test
    void may_be_in_the_middle_of_the_day_and_end_at_midnight() {
        assertThat(first("13:00", "15:00", BERLIN, "2026-01-10T14:00:00+01:00"))
                .isEqualTo(at("2026-01-10T15:00:00+01:00"));
        assertThat(first("13:00", "15:00", BERLIN, "2026-01-10T12:59:00+01:00"))
                .isEqualTo(at("2026-01-10T12:59:00+01:00"));
        assertThat(first("20:00", "00:00", BERLIN, "2026-01-10T23:59:00+01:00"))
                .isEqualTo(at("2026-01-11T00:00:00+01:00"));
    }

    @Test
    void is_an_hour_shorter_in_the_night_in_which_clocks_go_forward() {
        assertThat(first("22:00", "07:00", BERLIN, "2026-03-28T23:00:00+01:00"))
                .isEqualTo(at("2026-03-29T07:00:00+02:00"));
    }

    @Test
    void is_over_when_the_clock_jumps_over_its_end() {
        // From 2:00 to 3:00.
        assertThat(first("22:00", "02:30", BERLIN, "2026-03-29T01:30:00+01:00"))
                .isEqualTo(at("2026-03-29T03:00:00+02:00"));
    }

    @Test
    void is_there_twice_where_the_clock_shows_its_end_twice() {
        // At 3:00 it is 2:00 again.
        assertThat(first("22:00", "02:30", BERLIN, "2026-10-25T01:00:00+02:00"))
                .isEqualTo(at("2026-10-25T02:30:00+02:00"));
        assertThat(first("22:00", "02:30", BERLIN, "2026-10-25T02:10:00+01:00"))
                .isEqualTo(at("2026-10-25T02:30:00+01:00"));
        assertThat(first("22:00", "07:00", BERLIN, "2026-10-25T00:00:00+02:00"))
                .isEqualTo(at("2026-10-25T07:00:00+01:00"));
    }

    @Test
    void is_by_the_clock_of_places_with_odd_offsets() {
        assertThat(first("21:00", "08:00", "Asia/Kathmandu", "2026-01-10T21:00:00+05:45"))
                .isEqualTo(at("2026-01-11T08:00:00+05:45"));
        // Half an hour of daylight saving.
        assertThat(first("21:00", "08:00", "Australia/Lord_Howe", "2026-04-04T23:00:00+11:00"))
                .isEqualTo(at("2026-04-05T08:00:00+10:30"));
    }

    @Test
    void of_several_is_over_when_all_are() {
        Silence here = silence("22:00", "07:00", "America/New_York");
        Silence there = silence("22:00", "07:00", "America/Los_Angeles");

        assertThat(Silence.firstWithout(List.of(here, there), at("2026-01-10T23:00:00-05:00")))
                .isEqualTo(at("2026-01-11T07:00:00-08:00"));
    }

    @Test
    void of_several_may_leave_nothing() {
        assertThat(Silence.firstWithout(
                        List.of(silence("08:00", "22:00", BERLIN), silence("21:00", "10:00", BERLIN)),
                        at("2026-01-10T12:00:00Z")))
                .isNull();
    }

    @Test
    void is_never_the_whole_day() {
        assertThatThrownBy(() -> new QuietHours(LocalTime.NOON, LocalTime.NOON))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knows_where_numbers_are_from() {
        assertThat(NumberPlace.of("+919876543210").country()).isEqualTo("IN");
        assertThat(NumberPlace.of("+919876543210").zones()).hasSize(1);
        assertThat(NumberPlace.of("+12125550123").zones()).containsExactly(ZoneId.of("America/New_York"));
        assertThat(NumberPlace.of("+9779812345678").zones().getFirst().getRules())
                .isEqualTo(ZoneId.of("Asia/Kathmandu").getRules());
        // Of no area: it may be anywhere.
        assertThat(NumberPlace.of("+18005550123").country()).isEqualTo("US");
        assertThat(NumberPlace.of("+18005550123").zones()).hasSizeGreaterThan(4);
    }

    private static Instant first(String from, String to, String zone, String now) {
        return Objects.requireNonNull(Silence.firstWithout(List.of(silence(from, to, zone)), at(now)));
    }

    private static Silence silence(String from, String to, String zone) {
        return new Silence(new QuietHours(LocalTime.parse(from), LocalTime.parse(to)), ZoneId.of(zone));
    }

    private static Instant at(String time) {
        return OffsetDateTime.parse(time).toInstant();
    }
}
