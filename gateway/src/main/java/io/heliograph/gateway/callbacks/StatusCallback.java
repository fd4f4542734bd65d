package io.heliograph.gateway.callbacks;

import io.heliograph.gateway.callbacks.CallbackStore.Stored;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.outbox.GroupCommit;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** What any provider reports about messages: verified, stored, applied, and only then answered. */
final class StatusCallback {
    private final CallbackSource source;
    private final GroupCommit<Receipt, Stored> groupCommit;
    private final CallbackMeters meters;
    private final Supplier<UUID> ids;

    StatusCallback(
            CallbackSource source,
            GroupCommit<Receipt, Stored> groupCommit,
            CallbackMeters meters,
            Supplier<UUID> ids) {
        this.source = source;
        this.groupCommit = groupCommit;
        this.meters = meters;
        this.ids = ids;
    }

    Future<Answer> receive(RoutingContext context) {
        source.proof().verify(context, meters);
        List<Receipt> receipts = source.read(context, ids);
        if (receipts.isEmpty()) {
            throw Problem.of(ProblemCode.NOT_A_RECEIPT, "This tells of no message where it is.")
                    .exception();
        }
        // All are stored, or the provider is asked to come again: what was stored by then is a duplicate.
        return Future.all(receipts.stream().map(groupCommit::submit).toList()).map(stored -> Answer.noContent());
    }
}
