package io.heliograph.simulator.callbacks;

import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.Status;
import io.heliograph.simulator.script.Behaviour;
import io.heliograph.simulator.script.CallbackPlan;
import io.heliograph.simulator.script.Scene;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Takes accepted messages on their way. Belongs to one event loop. */
public final class Journeys {
    /**
     * Where a message goes, and who is told; null when nobody is. The sender is what a Messaging Service assigns when it queues the message; null when the
     * message has one.
     */
    public record Trip(
            Scene scene,
            Message message,
            @Nullable Receipts receipts,
            Behaviour behaviour,
            @Nullable String sender,
            int segments) {}

    private final Vertx vertx;
    private final Webhooks webhooks;
    private final InstantSource clock;
    private final RandomGenerator random;

    public Journeys(Vertx vertx, Webhooks webhooks, InstantSource clock, RandomGenerator random) {
        this.vertx = vertx;
        this.webhooks = webhooks;
        this.clock = clock;
        this.random = random;
    }

    /** The end is told when nothing more will happen to the message, or when the scene is over. */
    public void begin(Trip trip, Runnable end) {
        Behaviour behaviour = trip.behaviour();
        List<Status> steps = Route.steps(
                trip.message().state().status(),
                behaviour.outcome().last(),
                behaviour.callbacks().sending());
        new Journey(this, trip, steps, end).begin();
    }

    /** Tells of a change that happened out of turn. */
    public void tell(Scene scene, Message message, Status status, Receipts receipts) {
        post(new Call(scene, receipts.letter(message, status, CallbackPlan.NORMAL), false, how -> {}), 1);
    }

    /** Tells of one change, once or several times. The end is told when the last copy has ended. */
    void tell(Trip trip, Receipts receipts, Status status, Runnable end) {
        CallbackPlan plan = trip.behaviour().callbacks();
        Letter letter = receipts.letter(trip.message(), status, plan);
        post(new Call(trip.scene(), letter, plan.wronglySigned(), how -> end.run()), plan.copies());
    }

    private void post(Call call, int copies) {
        webhooks.post(copies == 1 ? call : call.endingWith(how -> post(call, copies - 1)));
    }

    long now() {
        return clock.millis();
    }

    /** Runs it after the plan's delay, at once when that is none. */
    void later(CallbackPlan plan, Runnable step) {
        long delay = plan.delay().sampleMillis(random);
        if (delay <= 0) {
            step.run();
        } else {
            long _ = vertx.setTimer(delay, timer -> step.run());
        }
    }
}
