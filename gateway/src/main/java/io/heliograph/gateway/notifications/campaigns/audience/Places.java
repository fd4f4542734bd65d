package io.heliograph.gateway.notifications.campaigns.audience;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/** For uploads: a few at a time, and not all of them one account's. */
final class Places {
    private static final int AT_ONCE_MAX = 4;
    private static final int OF_AN_ACCOUNT_MAX = 2;

    private final Semaphore free = new Semaphore(AT_ONCE_MAX);
    /** By account; none has a number of zero. */
    private final ConcurrentMap<Long, Integer> taken = new ConcurrentHashMap<>();

    /** False when there is none; else it is left once. */
    boolean enter(long accountId) {
        if (!free.tryAcquire()) {
            return false;
        }
        if (taken.merge(accountId, 1, Integer::sum) > OF_AN_ACCOUNT_MAX) {
            leave(accountId);
            return false;
        }
        return true;
    }

    void leave(long accountId) {
        Integer _ = taken.computeIfPresent(accountId, (account, uploads) -> uploads == 1 ? null : uploads - 1);
        free.release();
    }
}
