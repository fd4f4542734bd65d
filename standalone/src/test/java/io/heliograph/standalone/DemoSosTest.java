package io.heliograph.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.standalone.commands.Commands;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From a patient who needs blood to the donor whom they may call, through every process and the simulator. */
class DemoSosTest {
    @Test
    void tells_of_a_patient_and_the_donors_who_answer() {
        String told = Commands.run(Demo.class, Map.of(), "sos");

        assertThat(told)
                .contains(
                        "3 donors may give to A+",
                        "Asha    delivered  URGENT: A+ blood needed at City Hospital, Bombay.",
                        "Asha    delivered  Thank you! May the patient's family call you",
                        "Vikram  delivered  Thank you for telling us.",
                        "Ravi    delivered  A donor will help with your request",
                        "Asha, +15005550061",
                        "the request is fulfilled",
                        "Meera   delivered  Thank you for being there!",
                        "Meera   delivered  Thank you! Enough help has been found",
                        "alerted     3",
                        "delivered   3",
                        "answered    3",
                        "shared      1",
                        "Asha has earned: First answer, Lifesaver, Quick helper, Ready to give")
                .doesNotContain("queued", "\u001b");
    }
}
