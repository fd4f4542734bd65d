package io.heliograph.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.testing.ChildJvm;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerArgumentsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("HELIOGRAPH_WORKER_LANES", "bulk");

    @Test
    void go_before_the_environment() {
        WorkerArguments given = WorkerArguments.of(ENVIRONMENT, "--provider", "twilio", "--lanes=critical,normal");

        assertThat(given.variables())
                .containsEntry("HELIOGRAPH_WORKER_PROVIDERS", "twilio")
                .containsEntry("HELIOGRAPH_WORKER_LANES", "critical,normal");
        assertThat(given.mistakes()).isEmpty();
    }

    @Test
    void that_are_repeated_add_up() {
        WorkerArguments given = WorkerArguments.of(ENVIRONMENT, "--lanes", "critical", "--lanes=normal");

        assertThat(given.variables()).containsEntry("HELIOGRAPH_WORKER_LANES", "critical,normal");
        assertThat(given.nameOf("HELIOGRAPH_WORKER_LANES")).isEqualTo("--lanes");
        assertThat(given.nameOf("HELIOGRAPH_WORKER_PROVIDERS")).isEqualTo("HELIOGRAPH_WORKER_PROVIDERS");
    }

    @Test
    void leave_what_is_not_said_as_it_is() {
        assertThat(WorkerArguments.of(ENVIRONMENT).variables()).isEqualTo(ENVIRONMENT);
    }

    @Test
    void say_what_is_wrong_with_them() {
        WorkerArguments given = WorkerArguments.of(ENVIRONMENT, "--providers", "--provider=", "--lanes");

        assertThat(given.mistakes()).hasSize(3);
        assertThat(given.mistakes().getFirst()).contains("--providers", "--provider NAME");
        assertThat(given.mistakes().get(1)).isEqualTo("--provider wants a value");
        assertThat(given.mistakes().getLast()).isEqualTo("--lanes wants a value");
    }

    /** Goal: that nothing is started. Method: the program itself, which would wait for a broker for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void explain_themselves_and_start_nothing(String option) {
        try (ChildJvm asked = ChildJvm.start(Worker.class, Map.of(), "--lanes", "bulk", option)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> !asked.isAlive());

            assertThat(asked.output()).startsWith("Usage: heliograph worker").contains("--provider", "--lanes");
        }
    }
}
