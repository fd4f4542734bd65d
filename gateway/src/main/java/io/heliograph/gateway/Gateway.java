package io.heliograph.gateway;

import io.heliograph.gateway.accounts.AccountBacklog;
import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.TwilioCredentials;
import io.heliograph.gateway.appointments.AppointmentApi;
import io.heliograph.gateway.booking.Booking;
import io.heliograph.gateway.callbacks.CallbackMeters;
import io.heliograph.gateway.callbacks.DeliveryRates;
import io.heliograph.gateway.callbacks.ParkedReceipts;
import io.heliograph.gateway.callbacks.inbound.InboundMeters;
import io.heliograph.gateway.callbacks.inbound.InboundRoutes;
import io.heliograph.gateway.events.stream.EventStreams;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.BodyBudget;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.fields.Estimates;
import io.heliograph.gateway.messages.fields.KnownDelays;
import io.heliograph.gateway.notifications.Campaigns;
import io.heliograph.gateway.notifications.catalog.AccountCatalogs;
import io.heliograph.gateway.notifications.catalog.Locales;
import io.heliograph.gateway.notifications.catalog.ShippedCatalog;
import io.heliograph.gateway.notifications.erasure.UnfinishedErasures;
import io.heliograph.gateway.notifications.inbox.stream.InboxStreams;
import io.heliograph.gateway.notifications.preferences.PageProblems;
import io.heliograph.gateway.notifications.preferences.PreferencePage;
import io.heliograph.gateway.notifications.settings.AccountSettings;
import io.heliograph.gateway.notifications.telling.PlanEvents;
import io.heliograph.gateway.notifications.telling.ReleaseStore;
import io.heliograph.gateway.notifications.telling.Tell;
import io.heliograph.gateway.notifications.verifications.OneTimeCodes;
import io.heliograph.gateway.outbox.AcceptMeters;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.RoutedTopics;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.gateway.sos.Sos;
import io.heliograph.gateway.turns.Answering;
import io.heliograph.gateway.turns.Dialog;
import io.heliograph.gateway.turns.TakeTurns;
import io.heliograph.gateway.turns.TurnMeters;
import io.heliograph.gateway.twilio.words.TwilioErrors;
import io.heliograph.providers.fleet.FleetRoutes;
import io.heliograph.providers.fleet.FleetStore;
import io.heliograph.runtime.AdminServer;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.Ids;
import io.heliograph.runtime.IndexedPlans;
import io.heliograph.runtime.Loop;
import io.heliograph.runtime.Main;
import io.heliograph.runtime.Metrics;
import io.heliograph.runtime.RunningProcess;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process that takes messages and callbacks in over HTTP. Any number of them may run on one database. */
public final class Gateway implements Main.Running {
    private static final Logger log = LoggerFactory.getLogger(Gateway.class);

    private static final int READ_CONNECTIONS_MAX = 8;
    /** Apart from the others, which do not wait for lists of large accounts. */
    private static final int LIST_CONNECTIONS_MAX = 2;
    /** The server gives up a little before the request that reads is answered with 503. */
    private static final Duration READ_STATEMENT_MAX = Duration.ofSeconds(9);

    /** Many streams may catch up, each with a short statement; and one reads for all. */
    private static final int STREAM_CONNECTIONS_MAX = 4;

    private final Vertx vertx;
    private final AtomicInteger port;
    private final String deploymentId;
    private final RunningProcess process;

    private Gateway(Vertx vertx, AtomicInteger port, String deploymentId, RunningProcess process) {
        this.vertx = vertx;
        this.port = port;
        this.deploymentId = deploymentId;
        this.process = process;
    }

    public static void main(String[] arguments) {
        Main.run("gateway", GatewayConfig::read, Gateway::start);
    }

    /** Everything that a gateway is made of. Fails when the schema is too old or a port is taken. */
    public static Future<Gateway> start(Vertx vertx, GatewayConfig config) {
        return start(vertx, config, Clock.systemUTC());
    }

    /** By another clock. */
    public static Future<Gateway> start(Vertx vertx, GatewayConfig config, Clock clock) {
        tellWhatIsClosed(config);
        PrometheusMeterRegistry registry = Metrics.registry();
        Pool readPool = Database.pool(
                vertx,
                config.databaseUrl().connectOptions("heliograph-gateway-read", READ_STATEMENT_MAX),
                READ_CONNECTIONS_MAX);
        Pool listPool = Database.pool(
                vertx,
                IndexedPlans.inOrder(
                        config.databaseUrl().connectOptions("heliograph-gateway-list", READ_STATEMENT_MAX)),
                LIST_CONNECTIONS_MAX);
        Pool streamPool = Database.pool(
                vertx,
                config.databaseUrl().connectOptions("heliograph-gateway-stream", READ_STATEMENT_MAX),
                STREAM_CONNECTIONS_MAX);
        Pool turnPool = TakeTurns.pool(vertx, config.databaseUrl());
        Pool campaignPool = Campaigns.pool(vertx, config.databaseUrl());
        EventStreams streams = new EventStreams(streamPool, config.streams(), registry);
        InboxStreams inboxes = new InboxStreams(streamPool, config.inboxStreams(), registry);
        ApiKeys apiKeys = new ApiKeys(readPool);
        TwilioCredentials credentials = new TwilioCredentials(readPool);
        DeliveryRates rates = new DeliveryRates(readPool);
        CallbackMeters callbackMeters = new CallbackMeters(registry, rates);
        ParkedReceipts parked = new ParkedReceipts(readPool, callbackMeters);
        FleetRoutes routes = new FleetRoutes(new FleetStore(readPool));
        AccountBacklog accountBacklog = new AccountBacklog(readPool);
        ErasedPersons erased = ErasedPersons.of(readPool, config.erasureKey());
        AccountSettings settings = new AccountSettings(readPool);
        Origins origins = new Origins(new Ids(), clock);
        Topics topics =
                new RoutedTopics(routes, () -> ThreadLocalRandom.current().nextDouble());
        Estimates estimates = new KnownDelays(routes, accountBacklog);
        AccountCatalogs catalogs = new AccountCatalogs(
                readPool,
                ShippedCatalog.read(),
                account -> Objects.requireNonNullElse(settings.of(account).locale(), Locales.DEFAULT));
        Tell tell = new Tell(estimates, origins.ids());
        PlanEvents planEvents = new PlanEvents(catalogs, tell, settings);
        ReleaseStore digests = new ReleaseStore(readPool, catalogs, planEvents, topics, erased, clock);
        Campaigns campaigns = new Campaigns(
                campaignPool, new Campaigns.Around(catalogs, planEvents, tell, topics, erased, origins), registry);
        Pool sosPool = Sos.pool(vertx, config.databaseUrl());
        Sos sos = new Sos(sosPool, new Sos.Around(catalogs, settings, tell, topics, erased, origins));
        AppointmentApi appointments = new AppointmentApi(
                readPool, new AppointmentApi.Around(catalogs, planEvents, topics, erased, origins), registry);
        OneTimeCodes codes = new OneTimeCodes(config.verifications(), readPool, registry);
        Booking booking = new Booking(
                vertx, readPool, clock, config.symptomModel(), appointments.door(), new Answering(erased, origins));
        TakeTurns turns = new TakeTurns(
                turnPool,
                Map.of(Dialog.Name.BOOKING, booking.dialog(), Dialog.Name.SOS, sos.dialog()),
                new TurnMeters(registry));
        HttpApi.Shared shared = new HttpApi.Shared(
                apiKeys,
                credentials,
                readPool,
                listPool,
                topics,
                erased,
                estimates,
                catalogs,
                settings,
                new Answers(
                        registry,
                        Map.of(TwilioErrors.PATHS, new TwilioErrors(), PreferencePage.PATHS, new PageProblems())),
                new AcceptMeters(registry),
                callbackMeters,
                new InboundRoutes.Shared(
                        new InboundMeters(registry), () -> routes.view().table(), turns::nudge),
                origins,
                streams,
                inboxes,
                codes,
                campaigns,
                sos,
                appointments,
                booking,
                new BodyBudget(Runtime.getRuntime().maxMemory(), BodyBudget.ARRIVAL_MAX));
        Supplier<List<Loop>> loops = () -> Stream.of(
                        GatewayLoops.of(apiKeys, credentials, routes, accountBacklog, rates, parked, streams, turns),
                        NotificationLoops.of(
                                settings, catalogs, codes, digests, inboxes, erased, new UnfinishedErasures(readPool)),
                        NotificationLoops.of(campaigns.expand(), campaigns.care()),
                        List.of(GatewayLoops.of(appointments), GatewayLoops.of(booking)),
                        GatewayLoops.ofSos(sos.ending()))
                .flatMap(List::stream)
                .toList();
        AtomicInteger port = new AtomicInteger();
        Map<String, AdminServer.Check> readiness = Map.of(
                "database", () -> Database.requireSchema(readPool).map(AdminServer.UP),
                "routes", () -> Future.succeededFuture(stateOf(routes)));

        return Database.requireSchema(readPool)
                .compose(ready -> apiKeys.bootstrap(config.apiKey()))
                .compose(ready -> apiKeys.refresh())
                .compose(ready -> credentials.refresh())
                .compose(ready -> settings.refresh())
                .compose(ready -> routes.refresh())
                .compose(ready -> accountBacklog.refresh())
                .compose(ready -> catalogs.refresh())
                .compose(ready -> codes.refresh())
                .compose(ready -> erased.refresh())
                .compose(ready -> vertx.deployVerticle(
                        () -> new HttpApi(config, shared, port),
                        new DeploymentOptions().setInstances(config.eventLoops())))
                .compose(deploymentId -> AdminServer.start(vertx, config.adminPort(), registry, readiness)
                        .map(admin -> new RunningProcess(
                                admin,
                                loops.get(),
                                List.of(readPool, listPool, streamPool, campaignPool, turnPool, sosPool)))
                        .map(process -> new Gateway(vertx, port, deploymentId, process))
                        .recover(failure -> after(vertx.undeploy(deploymentId), failure)))
                .recover(failure -> after(
                        Database.close(List.of(readPool, listPool, streamPool, campaignPool, turnPool, sosPool)),
                        failure));
    }

    private static void tellWhatIsClosed(GatewayConfig config) {
        if (config.callbackProofs().unsigned().secrets().isEmpty()) {
            log.info(
                    "Callbacks of Fast2SMS and Textlocal are answered with 404: HELIOGRAPH_CALLBACK_SECRET is not set");
        }
    }

    /** Without routes a message is accepted all the same, and waits for a worker to find it a way: ready, with a warning. */
    private static String stateOf(FleetRoutes routes) {
        if (routes.view().table().accounts().isEmpty()) {
            return AdminServer.warning("no worker has published routes yet; messages wait for one");
        }
        return routes.isWellRead()
                ? AdminServer.UP
                : AdminServer.warning("they cannot be read at the moment; the last ones hold");
    }

    /** A gateway that cannot start leaves nothing behind. */
    private static Future<Gateway> after(Future<Void> cleaning, Throwable failure) {
        return cleaning.transform(_ -> Future.failedFuture(failure));
    }

    public int port() {
        return port.get();
    }

    public int adminPort() {
        return process.adminPort();
    }

    /** Stops taking requests, lets those in flight be answered, then lets go of the database. */
    @Override
    public Future<Void> stop() {
        return vertx.undeploy(deploymentId).eventually(process::stop);
    }
}
