package io.heliograph.simulator.plivo;

import io.heliograph.contract.PlivoSignature;
import io.heliograph.simulator.callbacks.Dialect;
import io.heliograph.simulator.calls.OtherCalls;
import io.heliograph.simulator.calls.TakeCall;
import io.heliograph.simulator.script.Stage;
import java.util.random.RandomGenerator;

/** Puts the Message API together for one event loop. */
public final class PlivoApi {
    private PlivoApi() {}

    /** What proves that a call to a customer comes from Plivo. */
    public static Dialect dialect(String authToken, RandomGenerator random) {
        return new PlivoDialect(new PlivoSignature(authToken), random);
    }

    public static PlivoRoutes routes(
            Stage stage, String authId, String authToken, TakeCall take, OtherCalls others, RandomGenerator random) {
        PlivoAccount account = new PlivoAccount(authId, authToken, random);
        return new PlivoRoutes(stage, account, take, others, new PlivoReplies(random));
    }
}
