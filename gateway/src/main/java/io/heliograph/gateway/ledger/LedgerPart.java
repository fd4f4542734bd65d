package io.heliograph.gateway.ledger;

import io.vertx.core.json.JsonObject;

/**
 * What was accepted on one day or in one batch, and where it is.
 *
 * @param name of what the value is: {@code day} or {@code batch_id}
 */
record LedgerPart(String name, String value, LedgerCounts counts) {
    JsonObject json() {
        return new JsonObject().put(name, value).mergeIn(counts.balance());
    }
}
