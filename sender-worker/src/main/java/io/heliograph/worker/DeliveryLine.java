package io.heliograph.worker;

import io.heliograph.providers.Providers;
import io.heliograph.providers.file.ProvidersWatch;
import io.heliograph.providers.fleet.FleetRoutes;
import io.heliograph.providers.routing.RouteRequest;
import io.heliograph.runtime.AtOnce;
import io.heliograph.runtime.Ids;
import io.heliograph.runtime.Loop;
import io.heliograph.worker.delivery.Deliver;
import io.heliograph.worker.delivery.DeliveryMeters;
import io.heliograph.worker.ledger.ClaimStore;
import io.heliograph.worker.ledger.Claims.ToSend;
import io.heliograph.worker.ledger.Ledger;
import io.heliograph.worker.ledger.Patience;
import io.heliograph.worker.ledger.RecordStore;
import io.heliograph.worker.ledger.ReplayStore;
import io.heliograph.worker.limits.AccountTurns;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.SendBy;
import io.heliograph.worker.receipts.AskForReceipts;
import io.heliograph.worker.receipts.OverdueReceipts;
import io.heliograph.worker.receipts.ReceiptMeters;
import io.heliograph.worker.receipts.ReceiptStore;
import io.heliograph.worker.receipts.WalkStore;
import io.heliograph.worker.recipients.PlaceStore;
import io.heliograph.worker.recipients.TakePlaces;
import io.heliograph.worker.routing.FleetBreakerStore;
import io.heliograph.worker.routing.RerouteStore;
import io.heliograph.worker.routing.Rerouter;
import io.heliograph.worker.senders.SenderStateStore;
import io.heliograph.worker.unknown.LookUpStore;
import io.heliograph.worker.unknown.ResolveUnknown;
import io.heliograph.worker.unknown.UnknownMeters;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything between the queues and the providers: put together in one method, and taken apart in another. */
final class DeliveryLine {
    private static final Logger log = LoggerFactory.getLogger(DeliveryLine.class);

    /** How long what is in flight may take to end. */
    private static final long STOP_SECONDS_MAX = 7;

    /** How long what was cut off may take to be recorded. */
    private static final long CUT_OFF_SECONDS_MAX = 2;

    /** To the database, however many providers there are. */
    private static final int CONNECTIONS_MAX = 32;

    private static final Duration ROUTES_INTERVAL = Duration.ofMillis(250);
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration BRAKES_INTERVAL = Duration.ofMillis(100);
    private static final Duration RECEIPTS_PAUSE_MIN = Duration.ofMillis(50);
    private static final Duration RECEIPTS_PAUSE_MAX = Duration.ofSeconds(1);
    private static final long ANSWER_SECONDS_MAX = 10;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Patience patience = new Patience();
    private final List<Loop> loops = new ArrayList<>();
    private final ProviderLines lines;
    private final FleetRoutes routes;
    private final Fleet fleet;
    private final AccountTurns accounts;
    private final TakePlaces places;
    private final ProviderLine.Shared shared;
    private final ReceiptStore receiptStore;
    private final ReceiptMeters receiptMeters;
    private final UUID worker;
    private long reportedNanos = System.nanoTime();
    private volatile Providers inForce;

    /** Returns at once; connections to the broker are opened in the background. The fleet knows the file already. */
    DeliveryLine(Vertx vertx, WorkerConfig config, Pool pool, Pool fleetPool, PrometheusMeterRegistry registry) {
        SendBy.Clocks clocks = new JvmClocks(InstantSource.system());
        Ids ids = new Ids();
        this.fleet = Fleet.through(fleetPool);
        this.receiptStore = new ReceiptStore(pool);
        this.receiptMeters = new ReceiptMeters(registry);
        this.worker = ids.get();
        this.routes = new FleetRoutes(fleet.routes());
        this.inForce = config.providers();
        this.accounts =
                new AccountTurns(fleet.accounts(), inForce.limits(), inForce.version(), patience, clocks::nanos);
        this.lines = new ProviderLines(new Sender.House(
                vertx,
                config,
                registry,
                threads,
                clocks,
                fleet.rates(),
                accounts,
                new FleetBreakerStore(fleetPool, worker),
                new SenderStateStore(fleetPool, worker),
                stopping::get));
        Ledger ledger = new Ledger(
                new ClaimStore(pool, clocks, config.lease()), new ReplayStore(pool), new RecordStore(pool), patience);
        ResolveUnknown resolver = new ResolveUnknown(
                lines::provider,
                new LookUpStore(pool),
                config.unknownWindow(),
                patience,
                new UnknownMeters(registry),
                threads);
        this.places = new TakePlaces(new PlaceStore(pool), patience, clocks, config.lease());
        Deliver.Shared deliver =
                new Deliver.Shared(ledger, resolver, places, accounts, new DeliveryMeters(registry), ids, threads);
        this.shared = shared(deliver);

        places.limit(inForce.limits().recipient());
        // What nobody carries takes nobody's place.
        TakePlaces nobodys = new TakePlaces(new PlaceStore(pool), patience, clocks, config.lease());
        lines.openForNobody(shared(deliver.without(nobodys)));
        lines.follow(inForce, shared);
        OverdueReceipts overdue = new OverdueReceipts(new WalkStore(pool), receiptMeters, this::receiptsAfter);
        Rerouter rerouter = new Rerouter(new RerouteStore(pool), routes, DeliveryLine::random);
        loops.add(Loop.every("routes", ROUTES_INTERVAL, this::refreshRoutes));
        loops.add(Loop.every("report", REPORT_INTERVAL, this::report));
        loops.add(Loop.start("overdue-receipts", RECEIPTS_PAUSE_MIN, RECEIPTS_PAUSE_MAX, overdue::runOnce));
        loops.add(Loop.every("brakes", BRAKES_INTERVAL, this::followBrakes));
        loops.add(Loop.start("reroute", ROUTES_INTERVAL, ROUTES_INTERVAL, rerouter::runOnce));
        loops.add(new ProvidersWatch(config.providersFile(), inForce, this::apply, registry).start());
    }

    /** For the claims and records of every provider, and some for what is done beside. */
    static int connectionsMax(WorkerConfig config) {
        int providers = config.providers().accounts().size() + 1;
        return Math.min(CONNECTIONS_MAX, providers * ProviderLine.connectionsMax() + 2);
    }

    boolean isConnected() {
        return lines.areConnected();
    }

    /** Puts a changed file in force, and waits for no call that is under way. */
    private void apply(Providers changed) {
        if (stopping.get()) {
            return;
        }
        try {
            putInForce(changed);
        } catch (TimeoutException e) {
            throw new IllegalStateException("The database did not answer", e);
        }
        inForce = changed;
        places.limit(changed.limits().recipient());
        limitAccounts(changed);
        lines.follow(changed, shared);
        tellOfMissing(lines.house().config().servedButMissing(changed));
    }

    /** The file is right, and the other workers have it: to go on with the provider that it took away would be worse. */
    private static void tellOfMissing(List<String> providers) {
        if (!providers.isEmpty()) {
            log.atWarn()
                    .addKeyValue("providers", String.join(", ", providers))
                    .log("This worker was told to serve providers that the file does not have any more: it would not"
                            + " start again");
        }
    }

    private void limitAccounts(Providers changed) {
        try {
            accounts.limits(changed.limits(), changed.version());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ProviderLine.Shared shared(Deliver.Shared deliver) {
        return new ProviderLine.Shared(
                lines.house(), deliver, () -> inForce.retry(), this::alternative, this::receiptsOf);
    }

    private AskForReceipts receiptsOf(AskForReceipts.Account account) {
        return new AskForReceipts(account, receiptStore, receiptMeters, () -> lines.isLeftAlone(account.name()));
    }

    /** Of the whole file, whatever of it this worker serves: who walks does so for all. */
    private Map<String, Duration> receiptsAfter() {
        Map<String, Duration> after = new HashMap<>();
        inForce.accounts().forEach((name, account) -> {
            if (account.receiptAfter() != null) {
                after.put(name, account.receiptAfter());
            }
        });
        return after;
    }

    private @Nullable String alternative(ToSend claimed, String provider) {
        Outgoing outgoing = claimed.outgoing();
        Set<String> excluded = new HashSet<>(claimed.wishes().avoided());
        excluded.add(provider);
        RouteRequest request = new RouteRequest(outgoing.channel(), outgoing.recipient(), claimed.lane(), excluded);
        return routes.view().betterTopic(request, provider, random());
    }

    private void putInForce(Providers providers) throws TimeoutException {
        Void _ = fleet.putInForce(providers).await(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        int _ = refreshRoutes();
    }

    private int refreshRoutes() throws TimeoutException {
        Void _ = routes.refresh().await(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        return 0;
    }

    private int report() throws TimeoutException {
        long now = System.nanoTime();
        Duration since = Duration.ofNanos(now - reportedNanos);
        reportedNanos = now;
        Void _ = fleet.reports().tell(worker, lines.report(since)).await(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        return 0;
    }

    /** A provider without a limit leases nothing, and so would not see that it was paused, or found to have one. */
    private int followBrakes() throws TimeoutException {
        lines.follow(fleet.rates().brakes(lines.scopes()).await(ANSWER_SECONDS_MAX, TimeUnit.SECONDS));
        return 0;
    }

    /** Calls in flight may end and are recorded; nothing new is begun. Blocks, for ten seconds at the most. */
    void stop() throws InterruptedException {
        stopping.set(true);
        CountDownLatch ended = new CountDownLatch(1);
        var _ = Thread.ofVirtual().name("stop").start(() -> {
            lines.stop();
            AtOnce.forEach(loops, Loop::close);
            ended.countDown();
        });
        if (!ended.await(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
            // A provider does not answer: its calls are cut off, and recorded as unknown. Or the database is away: what
            // is not recorded will be found by its promise.
            patience.end();
            var _ = threads.shutdownNow();
            boolean _ = ended.await(CUT_OFF_SECONDS_MAX, TimeUnit.SECONDS);
        }
        var _ = threads.shutdownNow();
    }

    private static double random() {
        return ThreadLocalRandom.current().nextDouble();
    }
}
