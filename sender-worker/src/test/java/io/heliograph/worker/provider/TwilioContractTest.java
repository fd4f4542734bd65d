package io.heliograph.worker.provider;

import static io.heliograph.worker.provider.SimulatedStage.error;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.worker.provider.Stage.Login;
import io.heliograph.worker.provider.Stage.No;
import io.heliograph.worker.provider.Stage.Subject;
import io.heliograph.worker.sms.TwilioProvider;
import io.heliograph.worker.sms.TwilioSettings;
import io.heliograph.worker.testing.Own;
import java.time.Duration;
import java.util.Map;

class TwilioContractTest extends HttpProviderContract {
    @Override
    Stage stage() throws Exception {
        return new SimulatedStage(
                vertx,
                io.heliograph.simulator.ledger.Provider.TWILIO,
                this::subject,
                Map.of(
                        new No("not a number", Meaning.PERMANENT.outcome("21211")), error(21211),
                        new No("not our number", Meaning.SENDER.outcome("21606")), error(21606),
                        new No("opted out", Meaning.OPTED_OUT.outcome("21610")), error(21610),
                        new No("queue full", Meaning.MUCH_LATER.outcome("21611")), error(21611),
                        new No("account closed", Meaning.SHUT_OUT.outcome("20005")), error(20005)));
    }

    private Subject subject(String url, Login login) {
        String token = switch (login) {
            case RIGHT -> SimulatorAccount.AUTH_TOKEN;
            case WRONG -> "wrong";
            case MISSING -> "";
        };
        TwilioProvider provider = new TwilioProvider(
                vertx,
                new TwilioSettings(
                        "twilio",
                        url,
                        SimulatorAccount.ACCOUNT_SID,
                        token,
                        Own.senders(SimulatorAccount.PHONE_NUMBER),
                        4,
                        TIMEOUT,
                        "http://localhost:1",
                        Duration.ofSeconds(30)));
        return new Subject(provider, () -> provider.close().await());
    }
}
