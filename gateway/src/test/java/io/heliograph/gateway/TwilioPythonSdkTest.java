package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Twilio's own Python SDK, as it is, against the gateway: what is tested stands in {@code src/test/python/twilio_test.py}. */
class TwilioPythonSdkTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @Test
    void works_as_with_twilio() {
        PythonProgram program = new PythonProgram("twilio_test.py");

        ChildProcess.Result result = program.run(TwilioSdkEnvironment.of(gateway));

        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
