package io.heliograph.simulator.plivo;

import io.heliograph.simulator.calls.OtherCalls;
import io.heliograph.simulator.calls.TakeCall;
import io.heliograph.simulator.script.Stage;
import java.util.random.RandomGenerator;

/** Puts the Message API together for one event loop. */
public final class PlivoApi {
    private PlivoApi() {}

    public static PlivoRoutes routes(
            Stage stage, String authId, String authToken, TakeCall take, OtherCalls others, RandomGenerator random) {
        PlivoAccount account = new PlivoAccount(authId, authToken, random);
        return new PlivoRoutes(stage, account, take, others, new PlivoReplies(random));
    }
}
