package io.heliograph.gateway.messages;

import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.AcceptMeters;
import io.heliograph.gateway.outbox.Accepted;
import io.heliograph.gateway.outbox.GroupCommit;
import io.vertx.core.Future;
import java.time.Duration;

/** The door through which every message comes in: answers when it is durable. One for each event loop. */
public final class AcceptMessage {
    private final GroupCommit<AcceptIntent, Accepted> groupCommit;
    private final AcceptMeters meters;

    public AcceptMessage(GroupCommit<AcceptIntent, Accepted> groupCommit, AcceptMeters meters) {
        this.groupCommit = groupCommit;
        this.meters = meters;
    }

    public Future<Accepted> accept(AcceptIntent intent) {
        long startedNanos = System.nanoTime();
        return groupCommit
                .submit(intent)
                .onSuccess(accepted -> meters.answered(Duration.ofNanos(System.nanoTime() - startedNanos)));
    }
}
