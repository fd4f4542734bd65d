package io.heliograph.worker.provider;

import static io.heliograph.worker.provider.SimulatedStage.error;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.worker.provider.Stage.Login;
import io.heliograph.worker.provider.Stage.No;
import io.heliograph.worker.provider.Stage.Subject;
import io.heliograph.worker.sms.fast2sms.Fast2smsProvider;
import io.heliograph.worker.sms.fast2sms.Fast2smsSettings;
import io.heliograph.worker.testing.Own;
import java.util.Map;

class Fast2smsContractTest extends HttpProviderContract {
    @Override
    Stage stage() throws Exception {
        return new SimulatedStage(
                vertx,
                io.heliograph.simulator.ledger.Provider.FAST2SMS,
                this::subject,
                Map.of(
                        new No("not a number", Meaning.RECIPIENT.outcome("411")), error(411),
                        new No("forbidden words", Meaning.PERMANENT.outcome("407")), error(407),
                        new No("not our sender", Meaning.SENDER.outcome("406")), error(406),
                        new No("on the carriers' black list", Meaning.CONFIGURATION.outcome("500")), error(500),
                        new No("too often", Meaning.MUCH_LATER.outcome("995")), error(995),
                        new No("wallet empty", Meaning.SHUT_OUT.outcome("416")), error(416),
                        new No("key disabled", Meaning.SHUT_OUT.outcome("413")), error(413),
                        new No("a code that is new", Meaning.PERMANENT.outcome("777")), error(777)));
    }

    Fast2smsSettings.Route route() {
        return Fast2smsSettings.Route.Q;
    }

    Subject subject(String url, Login login) {
        String key = switch (login) {
            case RIGHT -> SimulatorAccount.FAST2SMS_KEY;
            case WRONG -> "wrong";
            case MISSING -> "";
        };
        Fast2smsProvider provider = new Fast2smsProvider(
                vertx,
                new Fast2smsSettings("fast2sms", url, key, route(), "1109988", Own.senders("CLINIC"), 100, 4, TIMEOUT));
        return new Subject(provider, () -> provider.close().await());
    }
}
