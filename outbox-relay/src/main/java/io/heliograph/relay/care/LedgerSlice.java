package io.heliograph.relay.care;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a look at the next rows found.
 *
 * @param last the id of the last row looked at; null when there was none
 */
record LedgerSlice(long lookedAt, @Nullable UUID last, long violations) {}
