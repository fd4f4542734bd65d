package io.heliograph.simulator.script;

import io.heliograph.simulator.ledger.Provider;
import org.jspecify.annotations.Nullable;

/**
 * Where and when a call came, from which sender its messages are, and how many calls to the same provider were not
 * answered yet.
 */
public record Moment(Provider provider, @Nullable String sender, int concurrent, long nowMillis) {}
