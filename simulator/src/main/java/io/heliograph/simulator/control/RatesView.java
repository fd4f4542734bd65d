package io.heliograph.simulator.control;

import io.heliograph.simulator.http.Form;
import io.heliograph.simulator.ledger.Ledger;
import io.heliograph.simulator.ledger.Rates;
import io.heliograph.simulator.script.ProviderNames;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** How fast messages arrived, as JSON. */
final class RatesView {
    private static final int ARRIVALS = 10_000;
    private static final int ARRIVALS_MAX = 1_000_000;

    private RatesView() {}

    static JsonObject rates(Ledger ledger, Form query) {
        return new JsonObject().put("rates", Rates.toJson(ledger.rates()));
    }

    /** The newest, the oldest of them first: of a {@code provider} or of all, of a {@code sender} or of all. */
    static JsonObject arrivals(Ledger ledger, Form query) {
        int limit = LedgerView.limit(query, ARRIVALS, ARRIVALS_MAX);
        JsonArray arrivals = new JsonArray();
        ledger.arrivals(ProviderNames.of(query.given("provider")), query.get("sender"), limit)
                .forEach(arrivals::add);
        return new JsonObject().put("arrivals_ms", arrivals);
    }
}
