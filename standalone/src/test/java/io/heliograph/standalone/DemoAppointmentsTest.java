package io.heliograph.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.standalone.commands.Commands;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What patients hear of their visits, from the booking to the question how they are, in a minute. */
class DemoAppointmentsTest {
    @Test
    void shows_the_life_of_visits_with_a_clock_of_its_own() {
        Map<String, String> nothing = Map.of();

        String told = Commands.run(Demo.class, nothing, "appointments");

        assertThat(told)
                .contains(
                        "Confirmed: your appointment at City Clinic",
                        "में आपका अपॉइंटमेंट पक्का है",
                        "slot_taken",
                        "has moved from",
                        "रद्द हो गया है",
                        "still planned for him: 0",
                        "Reminder: you have an appointment at City Clinic",
                        "Your appointment at City Clinic is on",
                        "too_late",
                        "to be called: +911123456789",
                        "Thank you for coming to City Clinic",
                        "Thank you for your visit to City Clinic",
                        "booked -> completed",
                        "This clinic closes now")
                .doesNotContain("\u001b", "queued ", "it went wrong");
        assertThat(told.split("    delivered  ", -1)).hasSize(8 + 1);
    }

    @Test
    void says_which_demos_there_are() {
        Map<String, String> nothing = Map.of();

        assertThat(Commands.run(Demo.class, nothing, "nothing")).contains("appointments|chat|orders|sos");
    }
}
