package io.heliograph.gateway.events.stream;

import io.heliograph.events.EventPosition;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything new between two positions, for all streams of the process.
 *
 * @param accounts those that were asked for: of others nothing is in it
 */
record TailBatch(EventPosition from, EventPosition to, Set<Long> accounts, Map<Long, List<StreamedEvent>> byAccount) {}
