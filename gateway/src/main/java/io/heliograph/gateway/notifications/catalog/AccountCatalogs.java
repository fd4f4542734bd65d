package io.heliograph.gateway.notifications.catalog;

import io.heliograph.gateway.http.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What accounts have of their own, in memory from their first use on: a posted event costs no look-up. What is published anywhere is in force
 * here with the next refresh. An account that has never made anything of its own takes no memory.
 */
public final class AccountCatalogs implements Catalog {
    /** Of templates as they are stored; compiled they weigh some times as much. */
    private static final long BYTES_MAX = 16L * 1024 * 1024;
    /** Longer than whatever is begun with a catalog takes. */
    private static final long KEPT_NANOS_MIN = Duration.ofSeconds(60).toNanos();

    private static final long KEPT_NANOS_MAX = Duration.ofMinutes(30).toNanos();

    private static final class Loaded {
        private final long version;
        private final long bytes;
        private final OwnCatalog.Compiled catalog;
        private volatile long usedNanos;

        private Loaded(CatalogStore.Read read, long now) {
            this.version = read.version();
            this.bytes = read.bytes();
            this.catalog = read.catalog().compile();
            this.usedNanos = now;
        }
    }

    private final Pool pool;
    private final ShippedCatalog shipped;
    private final LongFunction<String> defaultLocale;
    private final long bytesMax;
    private final LongSupplier nanoTime;
    private final OwnCatalog.Compiled nothingOwn;
    private final Map<Long, Loaded> loaded = new ConcurrentHashMap<>();
    private final Map<Long, Future<Void>> loading = new ConcurrentHashMap<>();
    private volatile Map<Long, Long> versions = Map.of();
    private volatile boolean hasStarted;

    /** {@code defaultLocale} is an account's language. */
    public AccountCatalogs(Pool pool, ShippedCatalog shipped, LongFunction<String> defaultLocale) {
        this(pool, shipped, defaultLocale, BYTES_MAX, System::nanoTime);
    }

    AccountCatalogs(
            Pool pool,
            ShippedCatalog shipped,
            LongFunction<String> defaultLocale,
            long bytesMax,
            LongSupplier nanoTime) {
        this.pool = pool;
        this.shipped = shipped;
        this.defaultLocale = defaultLocale;
        this.bytesMax = bytesMax;
        this.nanoTime = nanoTime;
        this.nothingOwn = new OwnCatalog(shipped, Map.of(), Map.of()).compile();
    }

    /** Brings those that are in memory up to date; answers how many had changed. */
    public Future<Integer> refresh() {
        return CatalogStore.versions(pool).compose(found -> {
            loaded.values().removeIf(one -> isUnused(one, KEPT_NANOS_MAX));
            List<Long> outdated = found.entrySet().stream()
                    .filter(one -> isOutdated(one.getKey(), one.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            // One that cannot be read now is read with the next refresh, and keeps no other from it.
            return Future.join(outdated.stream()
                            .map(account -> load(account).otherwiseEmpty())
                            .toList())
                    .map(read -> {
                        // Not before: what is under way for an account that had nothing was not told that it has.
                        versions = Map.copyOf(found);
                        hasStarted = true;
                        return outdated.size();
                    });
        });
    }

    private boolean isOutdated(long account, long version) {
        Loaded held = loaded.get(account);
        return held == null ? hasStarted && !versions.containsKey(account) : held.version < version;
    }

    @Override
    public Future<Void> ready(long account) {
        Loaded found = loaded.get(account);
        if (found != null) {
            found.usedNanos = nanoTime.getAsLong();
            return Future.succeededFuture();
        }
        return versions.containsKey(account) ? loadedOnce(account) : Future.succeededFuture();
    }

    @Override
    public Future<Void> reread(long account) {
        return load(account);
    }

    @Override
    public Future<Void> changed(long account) {
        // It was changed all the same, and the next refresh brings it.
        return load(account).otherwiseEmpty();
    }

    /** Whoever asks meanwhile waits for the same answer, and goes on where they were. */
    private Future<Void> loadedOnce(long account) {
        Promise<Void> promise = Promise.promise();
        Context here = Vertx.currentContext();
        Future<Void> load = loading.computeIfAbsent(account, this::load);
        load.onComplete(done -> {
            boolean _ = loading.remove(account, load);
            if (here == null) {
                promise.handle(done);
            } else {
                here.runOnContext(_ -> promise.handle(done));
            }
        });
        return promise.future();
    }

    private Future<Void> load(long account) {
        return CatalogStore.read(pool, account, shipped).map(read -> {
            makeRoom(account, read.bytes());
            // Of two that were read at the same time the later one counts.
            Loaded now = new Loaded(read, nanoTime.getAsLong());
            Loaded _ = loaded.merge(account, now, (before, after) -> after.version < before.version ? before : after);
            return null;
        });
    }

    /** Lets go of what was not used for longest. Throws the problem that everything is in use. */
    private void makeRoom(long account, long bytes) {
        long held = bytes;
        for (Map.Entry<Long, Loaded> one : loaded.entrySet()) {
            held += one.getKey() == account ? 0 : one.getValue().bytes;
        }
        if (held <= bytesMax) {
            return;
        }
        List<Map.Entry<Long, Loaded>> unused = loaded.entrySet().stream()
                .filter(one -> isUnused(one.getValue(), KEPT_NANOS_MIN))
                .sorted(Comparator.comparingLong(one -> one.getValue().usedNanos))
                .toList();
        for (Map.Entry<Long, Loaded> one : unused) {
            if (held > bytesMax && loaded.remove(one.getKey(), one.getValue())) {
                held -= one.getValue().bytes;
            }
        }
        if (held > bytesMax && !loaded.containsKey(account)) {
            throw Problem.unavailable(
                            "The templates of too many accounts are in use at the same time. Repeat it later.")
                    .exception();
        }
    }

    private boolean isUnused(Loaded one, long nanos) {
        return nanoTime.getAsLong() - one.usedNanos > nanos;
    }

    @Override
    public @Nullable NotificationType type(long account, String name) {
        return own(account).catalog().type(name);
    }

    @Override
    public Collection<NotificationType> types(long account) {
        return own(account).catalog().all();
    }

    @Override
    public @Nullable Template template(
            long account, String type, NotificationChannel channel, @Nullable String locale) {
        return own(account).template(type, channel, Locales.chain(locale, defaultLocale.apply(account)));
    }

    @Override
    public ShippedCatalog shipped() {
        return shipped;
    }

    private OwnCatalog.Compiled own(long account) {
        Loaded found = loaded.get(account);
        if (found == null && versions.containsKey(account)) {
            Future<Void> _ = loadedOnce(account);
            throw new IllegalStateException("ready(account) comes first");
        }
        return found == null ? nothingOwn : found.catalog;
    }
}
