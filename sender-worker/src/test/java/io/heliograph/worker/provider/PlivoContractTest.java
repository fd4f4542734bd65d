package io.heliograph.worker.provider;

import static io.heliograph.worker.provider.SimulatedStage.error;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.worker.provider.Stage.Login;
import io.heliograph.worker.provider.Stage.No;
import io.heliograph.worker.provider.Stage.Subject;
import io.heliograph.worker.sms.plivo.PlivoProvider;
import io.heliograph.worker.sms.plivo.PlivoSettings;
import io.heliograph.worker.testing.Own;
import io.vertx.core.json.JsonObject;
import java.util.Map;

class PlivoContractTest extends HttpProviderContract {
    @Override
    Stage stage() throws Exception {
        return new SimulatedStage(
                vertx,
                io.heliograph.simulator.ledger.Provider.PLIVO,
                this::subject,
                Map.of(
                        new No("not a number", Meaning.RECIPIENT.outcome("number")),
                        saying("15005550010 is not a valid phone number"),
                        new No("no text", Meaning.PERMANENT.outcome("content")),
                        saying("text parameter is required"),
                        new No("not our sender", Meaning.SENDER.outcome("sender")),
                        saying("14155550100 is not a valid source number"),
                        new No("opted out", Meaning.OPTED_OUT.outcome("opted_out")),
                        saying("recipient has opted out"),
                        new No("no credit", Meaning.SHUT_OUT.outcome("no_credit")),
                        error(402),
                        new No("forbidden", Meaning.SHUT_OUT.outcome("http_403")),
                        error(403),
                        new No("no such path", Meaning.CONFIGURATION.outcome("account_path")),
                        error(404),
                        new No("words that are new", Meaning.PERMANENT.outcome("other")),
                        saying("the moon is full")));
    }

    private static JsonObject saying(String words) {
        return error(400).put("message", words);
    }

    private Subject subject(String url, Login login) {
        String token = switch (login) {
            case RIGHT -> SimulatorAccount.PLIVO_AUTH_TOKEN;
            case WRONG -> "wrong";
            case MISSING -> "";
        };
        PlivoProvider provider = new PlivoProvider(
                vertx,
                new PlivoSettings(
                        "plivo",
                        url,
                        SimulatorAccount.PLIVO_AUTH_ID,
                        token,
                        Own.senders("14155550100"),
                        1_000,
                        4,
                        TIMEOUT,
                        "http://localhost:1"));
        return new Subject(provider, () -> provider.close().await());
    }
}
