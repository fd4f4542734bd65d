package io.heliograph.worker.provider;

import static io.heliograph.worker.provider.SimulatedStage.error;

import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.Outcome.TryLater;
import io.heliograph.worker.provider.Stage.No;
import io.heliograph.worker.sms.fast2sms.Fast2smsSettings;
import io.heliograph.worker.testing.Outgoings;
import java.util.List;
import java.util.Map;

/** A template with the words of each for its slots, two in one call. */
class Fast2smsDltContractTest extends Fast2smsContractTest {
    @Override
    Stage stage() throws Exception {
        return new SimulatedStage(
                vertx,
                io.heliograph.simulator.ledger.Provider.FAST2SMS,
                this::subject,
                Map.of(
                        new No("not a number", apart("411")), error(411),
                        new No("a link in a variable", apart("426")), error(426),
                        new No("on the carriers' black list", apart("500")), error(500),
                        new No("too often", Meaning.MUCH_LATER.outcome("995")), error(995),
                        new No("wallet empty", Meaning.SHUT_OUT.outcome("416")), error(416)),
                List.of(registered("+919876543210", "Ada"), registered("+919876543211", "Bob")));
    }

    @Override
    Fast2smsSettings.Route route() {
        return Fast2smsSettings.Route.DLT;
    }

    @Override
    List<Outgoing> call(List<Outgoing> messages) {
        return messages;
    }

    private static Outgoing registered(String recipient, String name) {
        return Outgoings.ordinary()
                .recipient(recipient)
                .saying("Dear " + name)
                .registered(new Outgoing.Dlt("1201159", "174512", List.of(name)))
                .build();
    }

    private static Outcome apart(String code) {
        return new TryLater(code, Reason.PROVIDER_BUSY, Pace.APART);
    }
}
