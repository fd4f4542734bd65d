package io.heliograph.simulator.callbacks;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.heliograph.simulator.callbacks.Journeys.Trip;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.Status;
import io.heliograph.simulator.script.CallbackPlan;
import io.heliograph.simulator.script.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way: step by step, each after its delay, the next one when the customer has answered. In reverse,
 * the message is at its end at once and the callbacks come last first.
 */
final class Journey {
    private final Journeys journeys;
    private final Trip trip;
    private final CallbackPlan plan;
    private final @Nullable Receipts receipts;
    private final List<Status> steps;
    private final Runnable end;
    private int done;

    Journey(Journeys journeys, Trip trip, List<Status> steps, Runnable end) {
        this.journeys = journeys;
        this.trip = trip;
        this.plan = trip.behaviour().callbacks();
        this.receipts = trip.receipts();
        this.steps = plan.reversed() ? steps.reversed() : steps;
        this.end = end;
    }

    void begin() {
        trip.scene().ledger().underWay().increment();
        if (plan.reversed()) {
            steps.reversed().forEach(this::advance);
        }
        next();
    }

    private void next() {
        if (trip.scene().isOver() || done == steps.size()) {
            trip.scene().ledger().underWay().decrement();
            end.run();
        } else {
            journeys.later(plan, this::step);
        }
    }

    private void step() {
        Status status = steps.get(done++);
        boolean moved = plan.reversed() || advance(status);
        if (!moved || trip.scene().isOver() || receipts == null || !isTold(receipts, status)) {
            next();
        } else {
            journeys.tell(trip, receipts, status, this::next);
        }
    }

    @CanIgnoreReturnValue
    private boolean advance(Status status) {
        Message message = trip.message();
        if (status == Status.QUEUED && trip.sender() != null) {
            message.assignSender(trip.sender(), trip.segments());
        }
        Outcome outcome = trip.behaviour().outcome();
        return message.advance(status, status == outcome.last() ? outcome.errorCode() : null, journeys.now());
    }

    private boolean isTold(Receipts by, Status status) {
        Status last = trip.behaviour().outcome().last();
        return switch (plan.which()) {
            case ALL -> by.tells(status, last);
            case LAST -> status == last && by.tells(status, last);
            case NONE -> false;
        };
    }
}
