package io.heliograph.worker.provider;

import static io.heliograph.worker.provider.SimulatedStage.error;

import io.heliograph.contract.Reason;
import io.heliograph.worker.provider.Outcome.TryLater;
import io.heliograph.worker.provider.Stage.No;
import io.heliograph.worker.testing.Outgoings;
import java.util.List;
import java.util.Map;

/** Two texts in one call, which go another way. */
class TextlocalManyTextsContractTest extends TextlocalContractTest {
    @Override
    Stage stage() throws Exception {
        return new SimulatedStage(
                vertx,
                io.heliograph.simulator.ledger.Provider.TEXTLOCAL,
                this::subject,
                Map.of(
                        new No("no valid number", new TryLater("51", Reason.PROVIDER_BUSY, Pace.APART)), error(51),
                        new No("not our sender", Meaning.SENDER.outcome("43")), error(43),
                        new No("not at this hour", Meaning.MUCH_LATER.outcome("192")), error(192),
                        new No("no credits", Meaning.SHUT_OUT.outcome("7")), error(7)),
                List.of(
                        Outgoings.ordinary()
                                .recipient("+919876543210")
                                .saying("Table 1")
                                .build(),
                        Outgoings.ordinary()
                                .recipient("+919876543211")
                                .saying("Table 2")
                                .build()));
    }

    @Override
    List<Outgoing> call(List<Outgoing> messages) {
        return messages;
    }
}
