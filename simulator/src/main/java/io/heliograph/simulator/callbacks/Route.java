package io.heliograph.simulator.callbacks;

import io.heliograph.simulator.ledger.Status;
import java.util.ArrayList;
import java.util.List;

/** The changes of status between the first and the last one; the first itself is never told. */
final class Route {
    private static final List<Status> USUAL = List.of(Status.SENT, Status.DELIVERED);

    private Route() {}

    static List<Status> steps(Status first, Status last, boolean withSending) {
        if (first == Status.QUEUED && last == Status.DELIVERED && !withSending) {
            return USUAL;
        }
        List<Status> steps = new ArrayList<>();
        if (first != Status.QUEUED) {
            steps.add(Status.QUEUED);
        }
        if (withSending && last != Status.QUEUED) {
            steps.add(Status.SENDING);
        }
        steps.addAll(fromSending(last));
        return steps;
    }

    private static List<Status> fromSending(Status last) {
        return switch (last) {
            case SENT, FAILED, REJECTED -> List.of(last);
            case DELIVERED, UNDELIVERED -> List.of(Status.SENT, last);
            case READ -> List.of(Status.SENT, Status.DELIVERED, last);
            case ACCEPTED, SCHEDULED, QUEUED, SENDING, CANCELED, RECEIVED -> List.of();
        };
    }
}
