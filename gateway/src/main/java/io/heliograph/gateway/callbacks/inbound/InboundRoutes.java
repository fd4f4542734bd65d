package io.heliograph.gateway.callbacks.inbound;

import io.heliograph.gateway.callbacks.CallbackMeters;
import io.heliograph.gateway.callbacks.CallbackRoutes;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.Resource;
import io.heliograph.gateway.outbox.GroupCommit;
import io.heliograph.gateway.outbox.Turns;
import io.heliograph.providers.routing.RoutingTable;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.util.UUID;
import java.util.function.Supplier;

/** {@code /callbacks/{provider}/inbound}: where providers bring what people write. */
public final class InboundRoutes {
    private final CallbackRoutes.Proofs proofs;
    private final ReceiveInbound receive;

    /**
     * What all event loops share.
     *
     * @param turned is told that something of ours has to answer what was stored
     */
    public record Shared(InboundMeters meters, Supplier<RoutingTable> tables, Runnable turned) {}

    public InboundRoutes(
            CallbackRoutes.Proofs proofs,
            Pool commitPool,
            GroupCommit.Bounds bounds,
            Turns turns,
            CallbackMeters callbackMeters,
            Shared shared,
            Supplier<UUID> ids) {
        this.proofs = proofs;
        GroupCommit<Arrival, InboundStore.Stored> groupCommit = new GroupCommit<>(
                bounds, turns, new MeasuredInbound(commitPool, shared.meters(), shared.turned())::store);
        this.receive = new ReceiveInbound(groupCommit, new OwnNumbers(shared.tables()), callbackMeters, ids);
    }

    /** After {@link CallbackRoutes}, which reads the bodies of all callbacks. */
    public void mount(Router router, Answers answers) {
        mount(router, answers, "/callbacks/twilio/inbound", new TwilioInbound(proofs.twilio()));
        mount(router, answers, "/callbacks/plivo/inbound", new PlivoInbound(proofs.plivo()));
        mount(
                router,
                answers,
                "/callbacks/textlocal/inbound/:" + CallbackRoutes.SECRET_PARAMETER,
                new TextlocalInbound(proofs.secretPath()));
    }

    private void mount(Router router, Answers answers, String path, InboundSource source) {
        new Resource(router, answers, path)
                .post(context -> receive.receive(context, source))
                .andNothingElse();
    }
}
