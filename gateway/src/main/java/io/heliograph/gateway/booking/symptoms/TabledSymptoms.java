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
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** By the words of the account and of everybody. They are read for a moment, not for each message: they are five hundred and more. */
public final class TabledSymptoms implements Symptoms {
    /** After a change it takes as long until every gateway knows it. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);

    private static final int ACCOUNTS_KNOWN_MAX = 1_000;

    /** Turns wait for it, in their transactions. */
    private static final int READ_SECONDS_MAX = 2;

    /** What was read, or is being read, and by whom first. */
    private record Known(Future<SymptomTable> table, Instant until) {}

    private final SymptomStore store;
    private final Clock clock;
    private final Map<Long, Known> known = new LinkedHashMap<>();

    public TabledSymptoms(Pool pool, Clock clock) {
        this.store = new SymptomStore(pool);
        this.clock = clock;
    }

    @Override
    public Future<Meaning> meaning(long accountId, Told told) {
        return table(accountId).map(table -> table.meaning(told.said(), told.forgives()));
    }

    @Override
    public Future<String> kind(long accountId, String specialisation) {
        Said said = Said.of(specialisation);
        return table(accountId)
                .map(table -> table.meaning(said).specialisations())
                .map(kinds -> kinds.size() == 1 ? kinds.getFirst() : said.text());
    }

    /** Read once, however many ask at the same moment; what could not be read is read anew by whoever comes next. */
    private Future<SymptomTable> table(long accountId) {
        Instant now = clock.instant();
        synchronized (known) {
            Known latest = known.get(accountId);
            if (latest != null && latest.until().isAfter(now) && !latest.table().failed()) {
                return latest.table();
            }
            Future<SymptomTable> table = store.symptoms(accountId)
                    .timeout(READ_SECONDS_MAX, TimeUnit.SECONDS)
                    .map(SymptomTable::new);
            Known _ = known.put(accountId, new Known(table, now.plus(KNOWN_FOR)));
            if (known.size() > ACCOUNTS_KNOWN_MAX) {
                Known _ = known.remove(known.keySet().iterator().next());
            }
            return table;
        }
    }
}
