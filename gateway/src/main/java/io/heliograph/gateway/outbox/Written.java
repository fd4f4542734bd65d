package io.heliograph.gateway.outbox;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a statement that accepts has stored, by the ids when, and who wants none of it. */
record Written(Map<UUID, OffsetDateTime> at, Set<UUID> optedOut) {
    static Written of(RowSet<Row> rows) {
        Map<UUID, OffsetDateTime> at = HashMap.newHashMap(rows.size());
        Set<UUID> optedOut = new HashSet<>();
        for (Row row : rows) {
            OffsetDateTime createdAt = row.getOffsetDateTime(1);
            if (createdAt == null) {
                optedOut.add(row.getUUID(0));
            } else {
                at.put(row.getUUID(0), createdAt);
            }
        }
        return new Written(at, optedOut);
    }
}
