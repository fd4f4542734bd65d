package io.heliograph.gateway.callbacks.inbound;

import io.heliograph.gateway.callbacks.CallbackMeters;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.outbox.GroupCommit;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.function.Supplier;

/** A person's message by any provider: verified, stored, obeyed, and only then answered. */
final class ReceiveInbound {
    private final GroupCommit<Arrival, InboundStore.Stored> groupCommit;
    private final OwnNumbers numbers;
    private final CallbackMeters meters;
    private final Supplier<UUID> ids;

    ReceiveInbound(
            GroupCommit<Arrival, InboundStore.Stored> groupCommit,
            OwnNumbers numbers,
            CallbackMeters meters,
            Supplier<UUID> ids) {
        this.groupCommit = groupCommit;
        this.numbers = numbers;
        this.meters = meters;
        this.ids = ids;
    }

    Future<Answer> receive(RoutingContext context, InboundSource source) {
        source.proof().verify(context, meters);
        InboundMessage message = source.read(context, ids);
        if (message == null) {
            throw Problem.of(ProblemCode.NOT_AN_INBOUND_MESSAGE, "This is no message of anybody to any number of ours.")
                    .exception();
        }
        return groupCommit.submit(new Arrival(message, numbers.of(message))).map(stored -> source.thanks());
    }
}
