package io.heliograph.simulator.calls;

import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.script.Answer;
import io.heliograph.simulator.script.Behaviour;
import io.heliograph.simulator.script.Moment;
import io.heliograph.simulator.script.Scene;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Lets calls that ask for no message through, unless the script has a rule for every call. For one event loop. */
public final class OtherCalls {
    private final Vertx vertx;
    private final InstantSource clock;
    private final RandomGenerator random;

    public OtherCalls(Vertx vertx, InstantSource clock, RandomGenerator random) {
        this.vertx = vertx;
        this.clock = clock;
        this.random = random;
    }

    public void take(HttpServerRequest http, Scene scene, Provider provider, Refusals refusals, Runnable usual) {
        long now = clock.millis();
        scene.ledger().asked(provider, now);
        int concurrent = scene.concurrentCalls(provider).get();
        Behaviour behaviour = scene.script().behaviourOfOther(new Moment(provider, null, concurrent, now), random);
        long latency = behaviour.latency().sampleMillis(random);
        if (latency <= 0) {
            answer(http, behaviour.answer(), refusals, usual);
        } else {
            // A body that comes meanwhile would be lost.
            http.pause();
            long _ = vertx.setTimer(latency, timer -> {
                answer(http, behaviour.answer(), refusals, usual);
                http.resume();
            });
        }
    }

    private void answer(HttpServerRequest http, Answer answer, Refusals refusals, Runnable usual) {
        switch (answer) {
            case Answer.Refused refused -> refusals.refuse(http, refusals.refused(refused));
            case Answer.TooManyRequests limited -> {
                StrayReplies.retryAfter(http, limited, clock.millis());
                refusals.refuse(http, refusals.tooManyRequests());
            }
            case Answer.ServerError failed -> {
                StrayReplies.retryAfter(http, failed.retryAfterSeconds());
                refusals.refuse(http, refusals.serverError(failed.status()));
            }
            case Answer.Stray stray -> StrayReplies.send(http, stray, 200, refusals.garbage());
            case Answer.Created _, Answer.InvalidNumber _, Answer.WithoutSid _ -> usual.run();
        }
    }
}
