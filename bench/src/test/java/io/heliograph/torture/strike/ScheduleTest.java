package io.heliograph.torture.strike;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final List<String> PROGRAMS = List.of("gateway-1", "relay-1", "worker-1");
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void is_the_same_for_the_same_seed() {
        assertThat(Schedule.of(7, HOUR, PROGRAMS)).isEqualTo(Schedule.of(7, HOUR, PROGRAMS));
        assertThat(Schedule.of(7, HOUR, PROGRAMS)).isNotEqualTo(Schedule.of(8, HOUR, PROGRAMS));
    }

    @Test
    void strikes_everyone_in_every_way_sooner_or_later() {
        List<Strike> schedule = Schedule.of(1, HOUR, PROGRAMS);

        assertThat(schedule)
                .extracting(strike -> strike.victim() + " " + strike.action().word())
                .contains(
                        "gateway-1 kill",
                        "relay-1 freeze",
                        "worker-1 kill",
                        "postgresql kill",
                        "postgresql freeze",
                        "rabbitmq kill",
                        "rabbitmq freeze",
                        "rabbitmq wipe");
    }

    @Test
    void wipes_only_what_may_lose_everything() {
        assertThat(Schedule.of(1, HOUR, PROGRAMS))
                .filteredOn(strike -> strike.action() == Action.WIPE)
                .extracting(Strike::victim)
                .containsOnly(Victim.BROKER);
    }

    @Test
    void stays_within_the_time() {
        assertThat(Schedule.of(1, Duration.ofSeconds(20), PROGRAMS))
                .isNotEmpty()
                .allMatch(strike -> strike.at().toSeconds() < 20);
    }
}
