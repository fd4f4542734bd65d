package io.heliograph.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

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
    void leave_what_is_not_said_as_it_is() {
        assertThat(WorkerArguments.of(ENVIRONMENT).variables()).isEqualTo(ENVIRONMENT);
    }

    @Test
    void say_what_is_wrong_with_them() {
        WorkerArguments given = WorkerArguments.of(ENVIRONMENT, "--providers", "--lanes");

        assertThat(given.mistakes()).hasSize(2);
        assertThat(given.mistakes().getFirst()).contains("--providers", "--provider NAME");
        assertThat(given.mistakes().getLast()).isEqualTo("--lanes wants a value");
    }
}
