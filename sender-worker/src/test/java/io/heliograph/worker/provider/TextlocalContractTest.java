package io.heliograph.worker.provider;

import static io.heliograph.worker.provider.SimulatedStage.error;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.worker.provider.Stage.Login;
import io.heliograph.worker.provider.Stage.No;
import io.heliograph.worker.provider.Stage.Subject;
import io.heliograph.worker.sms.textlocal.TextlocalProvider;
import io.heliograph.worker.sms.textlocal.TextlocalSettings;
import io.heliograph.worker.testing.Own;
import java.util.Map;

class TextlocalContractTest extends HttpProviderContract {
    @Override
    Stage stage() throws Exception {
        return new SimulatedStage(
                vertx,
                io.heliograph.simulator.ledger.Provider.TEXTLOCAL,
                this::subject,
                Map.of(
                        new No("no valid number", Meaning.RECIPIENT.outcome("51")), error(51),
                        new No("too long", Meaning.PERMANENT.outcome("6")), error(6),
                        new No("not our sender", Meaning.SENDER.outcome("43")), error(43),
                        new No("not as the template", Meaning.CONFIGURATION.outcome("204")), error(204),
                        new No("not at this hour", Meaning.MUCH_LATER.outcome("192")), error(192),
                        new No("no credits", Meaning.SHUT_OUT.outcome("7")), error(7),
                        new No("a code that is new", Meaning.PERMANENT.outcome("777")), error(777)));
    }

    Subject subject(String url, Login login) {
        String key = switch (login) {
            case RIGHT -> SimulatorAccount.TEXTLOCAL_KEY;
            case WRONG -> "wrong";
            case MISSING -> "";
        };
        TextlocalProvider provider = new TextlocalProvider(
                vertx, new TextlocalSettings("textlocal", url, key, Own.senders("CLINIC"), 500, 4, TIMEOUT, null));
        return new Subject(provider, () -> provider.close().await());
    }
}
