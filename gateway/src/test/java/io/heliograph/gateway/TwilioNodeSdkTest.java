package io.heliograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Twilio's own Node SDK, as it is, against the gateway: what is tested stands in {@code src/test/node/twilio.test.mjs}. */
class TwilioNodeSdkTest {
    @RegisterExtension
    static final RunningGateway gateway = new RunningGateway();

    @Test
    void works_as_with_twilio() {
        NodeProgram program = new NodeProgram("twilio.test.mjs");

        ChildProcess.Result result = program.run(TwilioSdkEnvironment.of(gateway));

        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
