package io.heliograph.relay.publish;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * Promises of one line whose due time was just moved on: they are ours to publish now.
 *
 * @param publishes of each id, this one included
 * @param scheduled those whose messages may still wait for their time
 * @param lastDueAt when the last of them was due
 * @param takenAt the database's clock
 */
record TakenPromises(
        Line line,
        List<UUID> ids,
        List<Short> publishes,
        List<UUID> scheduled,
        OffsetDateTime lastDueAt,
        OffsetDateTime takenAt) {

    QueueKey key() {
        return line.key();
    }

    int size() {
        return ids.size();
    }
}
