package io.heliograph.relay.retention;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some messages of a day, in the order of their ids.
 *
 * @param last of them; null when there are none
 * @param unsettled how many of them are not settled
 */
record DaySlice(int messages, @Nullable UUID last, int unsettled) {}
