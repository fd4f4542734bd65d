package io.heliograph.worker.limits;

import io.heliograph.providers.routing.FleetLimits;
import io.heliograph.worker.ledger.Patience;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The customer accounts whose messages may not leave faster than so many a second, whatever their provider. */
public final class AccountTurns {
    private final AccountRateStore store;
    private final Patience patience;
    private final LongSupplier nanos;
    private final FleetClock clock = new FleetClock();
    /** Every account that this worker has sent for; empty for one without a limit. Customers, and so not very many. */
    private final Map<Long, Optional<AccountTurn>> met = new ConcurrentHashMap<>();
    /** So that what is learnt under the limits of before does not outlive them. */
    private final ReentrantLock learning = new ReentrantLock();

    private volatile FleetLimits limits;
    private volatile int version;

    /** {@code version} is that of the file with these limits. */
    public AccountTurns(
            AccountRateStore store, FleetLimits limits, int version, Patience patience, LongSupplier nanos) {
        this.store = store;
        this.limits = limits;
        this.version = version;
        this.patience = patience;
        this.nanos = nanos;
    }

    /** The file has changed; the database has these limits already. */
    public void limits(FleetLimits changed, int itsVersion) throws InterruptedException {
        learning.lockInterruptibly();
        try {
            limits = changed;
            version = itsVersion;
            if (changed.limitsAccounts()) {
                learn(List.copyOf(met.keySet()));
            } else {
                met.clear();
            }
        } finally {
            learning.unlock();
        }
    }

    /** Of messages that are about to be sent: their accounts' limits are known when this returns. Mostly they are before. */
    public void meet(Collection<Long> accounts) throws InterruptedException {
        if (!limits.limitsAccounts() || met.keySet().containsAll(accounts)) {
            return;
        }
        learning.lockInterruptibly();
        try {
            learn(accounts.stream().filter(account -> !met.containsKey(account)).toList());
        } finally {
            learning.unlock();
        }
    }

    /** Null when it has no limit. */
    public @Nullable AccountTurn of(long account) {
        Optional<AccountTurn> turn = met.get(account);
        return turn == null ? null : turn.orElse(null);
    }

    /** The most messages of it that one call may carry; null for any number. */
    public @Nullable Integer callSizeMax(long account) {
        AccountTurn turn = of(account);
        return turn == null ? null : turn.callSizeMax();
    }

    private void learn(List<Long> accounts) throws InterruptedException {
        if (accounts.isEmpty()) {
            return;
        }
        FleetLimits now = limits;
        int its = version;
        Map<Long, Double> known = patience.repeat(() -> store.know(now, its, accounts));
        accounts.forEach(account -> met.merge(account, turn(account, known.get(account)), AccountTurns::changed));
    }

    private Optional<AccountTurn> turn(long account, @Nullable Double perSecond) {
        return perSecond == null
                ? Optional.empty()
                : Optional.of(new AccountTurn(account, perSecond, store, clock, nanos));
    }

    /** One that stays keeps those who are asking at this moment together. */
    private static Optional<AccountTurn> changed(Optional<AccountTurn> before, Optional<AccountTurn> after) {
        if (before.isPresent() && after.isPresent()) {
            before.get().limit(after.get());
            return before;
        }
        return after;
    }
}
