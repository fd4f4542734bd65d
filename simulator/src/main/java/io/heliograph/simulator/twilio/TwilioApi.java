package io.heliograph.simulator.twilio;

import io.heliograph.simulator.callbacks.Journeys;
import io.heliograph.simulator.calls.OtherCalls;
import io.heliograph.simulator.http.Account;
import io.heliograph.simulator.script.Stage;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Puts the Messages API together for one event loop. */
public final class TwilioApi {
    private TwilioApi() {}

    /** The default sender is what a Messaging Service sends from. */
    public static TwilioRoutes routes(
            Vertx vertx,
            Stage stage,
            Account account,
            String defaultSender,
            Journeys journeys,
            OtherCalls others,
            InstantSource clock,
            RandomGenerator random) {
        MessageJson json = new MessageJson(account.sid());
        Deliverability deliverability = new Deliverability(defaultSender);
        Departures departures = new Departures(vertx, journeys, deliverability, account, clock, random);
        CreateAnswers answers = new CreateAnswers(json);
        return new TwilioRoutes(
                stage,
                account,
                others,
                new CreateMessage(vertx, deliverability, departures, answers, clock, random),
                new ListMessages(json, json.listUri()),
                new ChangeMessage(json, departures, clock, account.sid()),
                new MediaOfMessage(json, account.sid()));
    }
}
