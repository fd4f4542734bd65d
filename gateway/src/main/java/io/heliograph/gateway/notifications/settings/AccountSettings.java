package io.heliograph.gateway.notifications.settings;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.Map;

/** The settings of all accounts, from memory. While the database is away the last ones hold. */
public final class AccountSettings {
    private final SettingStore store;
    private volatile Map<Long, Settings> byAccount = Map.of();
    private long begun;
    private long taken;

    public AccountSettings(Pool pool) {
        this.store = new SettingStore(pool);
    }

    /** Answers how many accounts have any. */
    public Future<Integer> refresh() {
        long turn = begin();
        return store.all().map(found -> {
            take(turn, found);
            return found.size();
        });
    }

    private synchronized long begin() {
        return ++begun;
    }

    /** What was asked for earlier and comes later is old. */
    private synchronized void take(long turn, Map<Long, Settings> found) {
        if (turn > taken) {
            taken = turn;
            byAccount = found;
        }
    }

    public Settings of(long accountId) {
        return byAccount.getOrDefault(accountId, Settings.NONE);
    }

    SettingStore store() {
        return store;
    }
}
