package io.heliograph.gateway.booking.symptoms;

import io.heliograph.gateway.booking.hearing.Said;
import io.heliograph.gateway.booking.hearing.SymptomTable;
import io.heliograph.gateway.booking.hearing.SymptomTable.Meaning;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** By the words of the account and of everybody. They are read for a moment, not for each message: they are five hundred and more. */
public final class TabledSymptoms implements Symptoms {
    /** After a change it takes as long until every gateway knows it. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);

    private static final int ACCOUNTS_KNOWN_MAX = 1_000;

    private record Known(SymptomTable table, Instant until) {}

    private final SymptomStore store;
    private final Clock clock;
    private final Map<Long, Known> known = new LinkedHashMap<>();

    public TabledSymptoms(Pool pool, Clock clock) {
        this.store = new SymptomStore(pool);
        this.clock = clock;
    }

    @Override
    public Future<Meaning> meaning(long accountId, Said said, List<String> kinds) {
        return table(accountId).map(table -> table.meaning(said));
    }

    @Override
    public Future<String> kind(long accountId, String specialisation) {
        Said said = Said.of(specialisation);
        return table(accountId)
                .map(table -> table.meaning(said).specialisations())
                .map(kinds -> kinds.size() == 1 ? kinds.getFirst() : said.text());
    }

    private Future<SymptomTable> table(long accountId) {
        Instant now = clock.instant();
        synchronized (known) {
            Known latest = known.get(accountId);
            if (latest != null && latest.until().isAfter(now)) {
                return Future.succeededFuture(latest.table());
            }
        }
        return store.symptoms(accountId).map(symptoms -> keep(accountId, new SymptomTable(symptoms), now));
    }

    private SymptomTable keep(long accountId, SymptomTable table, Instant now) {
        synchronized (known) {
            Known _ = known.put(accountId, new Known(table, now.plus(KNOWN_FOR)));
            if (known.size() > ACCOUNTS_KNOWN_MAX) {
                Known _ = known.remove(known.keySet().iterator().next());
            }
        }
        return table;
    }
}
