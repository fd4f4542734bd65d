package io.heliograph.gateway.accounts;

import io.heliograph.contract.Lane;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.Map;

/**
 * How long a customer account's own limit holds back what it gives us now, from memory. While the database is away the last
 * count holds.
 */
public final class AccountBacklog {
    /** Messages by lane, and how far apart they may leave. */
    record Due(Map<Lane, Long> messages, double gapSeconds) {
        Due {
            messages = Map.copyOf(messages);
        }

        Duration before(Lane lane) {
            long before = messages.entrySet().stream()
                    .filter(line -> line.getKey().compareTo(lane) <= 0)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            return Duration.ofMillis((long) (before * gapSeconds * 1_000));
        }
    }

    private final Pool pool;
    private volatile Map<Long, Due> dueByAccount = Map.of();

    public AccountBacklog(Pool pool) {
        this.pool = pool;
    }

    /** Answers how many accounts have one. */
    public Future<Integer> refresh() {
        return AccountBacklogStore.all(pool).map(found -> {
            dueByAccount = found;
            return found.size();
        });
    }

    /** Zero for an account without a limit, or with nothing waiting. */
    public Duration delay(long accountId, Lane lane) {
        Due due = dueByAccount.get(accountId);
        return due == null ? Duration.ZERO : due.before(lane);
    }
}
