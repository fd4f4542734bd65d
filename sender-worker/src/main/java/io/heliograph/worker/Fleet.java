package io.heliograph.worker;

import io.heliograph.providers.Providers;
import io.heliograph.providers.fleet.FleetStore;
import io.heliograph.worker.limits.AccountRateStore;
import io.heliograph.worker.limits.Limits;
import io.heliograph.worker.limits.ProviderStore;
import io.heliograph.worker.limits.RateStore;
import io.heliograph.worker.limits.ReportStore;
import io.heliograph.worker.routing.NoProvider;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.Set;
import java.util.TreeSet;

/** What a worker tells the others, and gateways and relays, through the database. */
record Fleet(
        RateStore rates, AccountRateStore accounts, ProviderStore providers, FleetStore routes, ReportStore reports) {
    static Fleet through(Pool pool) {
        return new Fleet(
                new RateStore(pool),
                new AccountRateStore(pool),
                new ProviderStore(pool),
                new FleetStore(pool),
                new ReportStore(pool));
    }

    /**
     * Limits first, then the providers, then the routes to them: nothing is routed to where nothing may leave. Fails with {@link
     * io.heliograph.providers.OlderFileException}, and changes nothing, when a newer file is in force.
     */
    Future<Void> putInForce(Providers file) {
        Set<String> names = new TreeSet<>(file.accounts().keySet());
        names.add(NoProvider.NAME);
        return routes.raiseVersion(file.version())
                .compose(raised -> rates.define(Limits.byScope(file), file.version()))
                .compose(defined -> accounts.define(file.limits(), file.version()))
                .compose(defined -> providers.makeKnown(names))
                .compose(known -> routes.publish(file.routingTable(), file.version()));
    }
}
