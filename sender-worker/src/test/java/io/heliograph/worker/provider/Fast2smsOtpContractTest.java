package io.heliograph.worker.provider;

import static io.heliograph.worker.provider.SimulatedStage.error;

import io.heliograph.worker.provider.Stage.No;
import io.heliograph.worker.sms.fast2sms.Fast2smsSettings;
import io.heliograph.worker.testing.Outgoings;
import java.util.List;
import java.util.Map;

/** One code a call. */
class Fast2smsOtpContractTest extends Fast2smsContractTest {
    @Override
    Stage stage() throws Exception {
        return new SimulatedStage(
                vertx,
                io.heliograph.simulator.ledger.Provider.FAST2SMS,
                this::subject,
                Map.of(
                        new No("not a number", Meaning.RECIPIENT.outcome("411")), error(411),
                        new No("digits only", Meaning.PERMANENT.outcome("997")), error(997),
                        new No("not for many", Meaning.CONFIGURATION.outcome("998")), error(998),
                        new No("never paid", Meaning.SHUT_OUT.outcome("999")), error(999)),
                List.of(Outgoings.ordinary()
                        .recipient("+919876543210")
                        .saying("482913")
                        .build()));
    }

    @Override
    Fast2smsSettings.Route route() {
        return Fast2smsSettings.Route.OTP;
    }
}
