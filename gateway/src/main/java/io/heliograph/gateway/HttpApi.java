package io.heliograph.gateway;

import io.heliograph.address.AllowedAddresses;
import io.heliograph.contract.Channel;
import io.heliograph.gateway.accounts.AccountRoutes;
import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.TwilioCredentials;
import io.heliograph.gateway.callbacks.CallbackMeters;
import io.heliograph.gateway.callbacks.CallbackRoutes;
import io.heliograph.gateway.callbacks.inbound.InboundRoutes;
import io.heliograph.gateway.callbacks.keywords.KeywordAnswer;
import io.heliograph.gateway.callbacks.keywords.KeywordRoutes;
import io.heliograph.gateway.consents.SuppressionRoutes;
import io.heliograph.gateway.events.EventRoutes;
import io.heliograph.gateway.events.stream.EventStreams;
import io.heliograph.gateway.events.stream.StreamRoutes;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.BodyBudget;
import io.heliograph.gateway.http.OpenApi;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.inbound.InboundMessageRoutes;
import io.heliograph.gateway.ledger.LedgerRoutes;
import io.heliograph.gateway.messages.AcceptMessage;
import io.heliograph.gateway.messages.MessageRoutes;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.deadletters.DeadLetterRoutes;
import io.heliograph.gateway.messages.fields.EmailAddress;
import io.heliograph.gateway.messages.fields.Estimates;
import io.heliograph.gateway.messages.fields.MessageFields;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.messages.fields.Segments;
import io.heliograph.gateway.notifications.NotificationRoutes;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.preferences.PreferencePage;
import io.heliograph.gateway.notifications.settings.AccountSettings;
import io.heliograph.gateway.notifications.verifications.OneTimeCodes;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.AcceptMeters;
import io.heliograph.gateway.outbox.Accepted;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.GroupCommit;
import io.heliograph.gateway.outbox.MeasuredAccepts;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.gateway.outbox.Turns;
import io.heliograph.gateway.providers.ProviderRoutes;
import io.heliograph.gateway.twilio.TwilioApi;
import io.heliograph.gateway.webhooks.EndpointRoutes;
import io.heliograph.gateway.webhooks.WebhookTargets;
import io.heliograph.gateway.webhooks.deliveries.DeliveryRoutes;
import io.heliograph.gateway.webhooks.deliveries.MessageDeliveryRoutes;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.IndexedPlans;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One HTTP server on one event loop, with database connections that no other loop uses. */
final class HttpApi extends VerticleBase {
    private static final int BODY_BYTES_MAX = 1024 * 1024;
    /** Providers send some dozens. More would only cost time: they are put in order before anybody knows who sent them. */
    private static final int FORM_FIELDS_MAX = 512;

    private static final int COMMIT_CONNECTIONS = 2;
    private static final int ROWS_PER_STATEMENT_MAX = 256;
    private static final int BYTES_PER_STATEMENT_MAX = 1024 * 1024;
    /** For each event loop, and once more for its callbacks: the heap has to hold what waits. */
    private static final int BYTES_WAITING_MAX = 32 * 1024 * 1024;
    /** Measured: with fewer, the second statement takes more of the database's time than it saves anybody's. */
    private static final int ROWS_FOR_ANOTHER_STATEMENT_MIN = 32;
    /** A few times as long as a commit takes. */
    private static final Duration PATIENCE = Duration.ofMillis(25);

    /** Of what a client sends, which nobody reads. */
    private static final int WEB_SOCKET_BYTES_MAX = 4 * 1024;

    private static final int IDLE_SECONDS_MAX = 120;
    /** Commits take milliseconds. With the wait below, a request is answered within ten seconds whatever happens. */
    private static final Duration STATEMENT_MAX = Duration.ofSeconds(5);

    private static final Duration WAIT_MAX = Duration.ofSeconds(5);
    /** The server gives up first, so that whoever waits for a lock is told for certain that nothing was stored. */
    private static final Duration STATEMENT_AT_SERVER_MAX = Duration.ofSeconds(4);
    /** Requests under way when the gateway is stopped are answered within the two bounds above. */
    private static final long STOP_SECONDS_MAX = 12;
    /** Vert.x: a free port, the same one for all servers of the deployment. */
    private static final int ANY_PORT = -1;

    /** What all the event loops of a gateway share. */
    record Shared(
            ApiKeys apiKeys,
            TwilioCredentials credentials,
            Pool readPool,
            Pool listPool,
            Topics topics,
            ErasedPersons erased,
            Estimates estimates,
            Catalog catalog,
            AccountSettings settings,
            Answers answers,
            AcceptMeters acceptMeters,
            CallbackMeters callbackMeters,
            InboundRoutes.Shared inbound,
            Origins origins,
            EventStreams streams,
            OneTimeCodes codes,
            BodyBudget bodies) {}

    private final GatewayConfig config;
    private final Shared shared;
    private final AtomicInteger port;
    private @Nullable HttpServer server;
    private @Nullable StreamRoutes streamRoutes;
    private boolean stopping;

    /** {@code port} is told the port that is listened to. */
    HttpApi(GatewayConfig config, Shared shared, AtomicInteger port) {
        this.config = config;
        this.shared = shared;
        this.port = port;
    }

    @Override
    public Future<?> start() {
        Pool commitPool = Database.pool(
                vertx,
                IndexedPlans.on(
                        config.databaseUrl().connectOptions("heliograph-gateway-commit", STATEMENT_AT_SERVER_MAX)),
                COMMIT_CONNECTIONS);
        return vertx.createHttpServer(serverOptions())
                .connectionHandler(this::watch)
                .invalidRequestHandler(shared.answers()::undecodable)
                .requestHandler(router(vertx, commitPool))
                .listen(config.httpPort() == 0 ? ANY_PORT : config.httpPort())
                .onSuccess(listening -> {
                    server = listening;
                    port.set(listening.actualPort());
                });
    }

    /** Takes no more requests, and waits until those under way are answered. */
    @Override
    public Future<?> stop() {
        stopping = true;
        if (streamRoutes != null) {
            streamRoutes.stop();
        }
        return server == null ? Future.succeededFuture() : server.shutdown(STOP_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private void watch(HttpConnection connection) {
        // What is wrong with a request is answered and counted there; the server would log it too, with what the client
        // sent.
        connection.exceptionHandler(_ -> {});
        if (stopping) {
            // The server, which tells all that it knows to end, does not know it yet: it would go on until the last
            // moment.
            Future<Void> _ = connection.close();
        }
    }

    /** Whatever fits into the body of a callback may be one parameter of it. */
    private static HttpServerOptions serverOptions() {
        return new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS_MAX)
                .setTcpNoDelay(true)
                // Its state would be most of what a stream takes of the heap.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(WEB_SOCKET_BYTES_MAX)
                .setMaxWebSocketMessageSize(WEB_SOCKET_BYTES_MAX)
                .setMaxFormAttributeSize(CallbackRoutes.BODY_BYTES_MAX)
                .setMaxFormBufferedBytes(CallbackRoutes.BODY_BYTES_MAX)
                .setMaxFormFields(FORM_FIELDS_MAX);
    }

    /** Every route there is, in one place; a test holds the API's description against them. */
    Router router(Vertx vertx, Pool commitPool) {
        GroupCommit.Bounds bounds = new GroupCommit.Bounds(
                COMMIT_CONNECTIONS,
                ROWS_PER_STATEMENT_MAX,
                BYTES_PER_STATEMENT_MAX,
                config.rowsWaitingMax(),
                BYTES_WAITING_MAX,
                ROWS_FOR_ANOTHER_STATEMENT_MIN,
                PATIENCE,
                STATEMENT_MAX,
                WAIT_MAX);
        Turns turns = Turns.of(vertx);
        Router router = Router.router(vertx);
        router.route("/v1/*").handler(shared.apiKeys()::beforeBody);
        // Before the body's handlers, which a stream does not need.
        StreamRoutes streams = new StreamRoutes(
                shared.apiKeys(), shared.streams(), shared.streams().local(vertx));
        streams.mount(router, shared.answers());
        streamRoutes = streams;
        router.route("/v1/*").handler(context -> shared.bodies().admit(context, BODY_BYTES_MAX));
        router.route("/v1/*").handler(JsonBody::anyContentType);
        router.route("/v1/*").handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
        AcceptMessage acceptMessage = acceptMessage(commitPool, bounds, turns);
        Recipients recipients = new Recipients(config.defaultRegion());
        MessageFields fields = new MessageFields(recipients, shared.estimates());
        new MessageRoutes(shared.apiKeys(), shared.readPool(), acceptMessage, recipients, fields, shared.origins())
                .mount(router, shared.answers());
        new DeadLetterRoutes(shared.apiKeys(), shared.readPool(), fields, acceptMessage, shared.origins())
                .mount(router, shared.answers());
        NotificationRoutes notifications = new NotificationRoutes(
                new NotificationRoutes.Shared(
                        shared.apiKeys(),
                        shared.readPool(),
                        commitPool,
                        shared.catalog(),
                        shared.settings(),
                        shared.estimates(),
                        shared.topics(),
                        shared.inbound().tables(),
                        shared.acceptMeters(),
                        shared.erased(),
                        config.publicUrl(),
                        shared.origins()),
                recipients,
                bounds,
                turns);
        router.route(PreferencePage.PATHS + "*")
                .handler(context -> shared.bodies().admit(context, PreferencePage.BODY_BYTES_MAX));
        notifications.mount(router, shared.answers());
        shared.codes()
                .routes(
                        new OneTimeCodes.Around(
                                shared.apiKeys(),
                                shared.readPool(),
                                shared.catalog(),
                                recipients,
                                shared.estimates(),
                                shared.topics(),
                                shared.origins()),
                        commitPool,
                        bounds,
                        turns)
                .mount(router, shared.answers());
        new EventRoutes(
                        shared.apiKeys(),
                        shared.streams().store(),
                        shared.streams().listening(),
                        notifications::postEvent)
                .mount(router, shared.answers());
        new EndpointRoutes(
                        shared.apiKeys(),
                        shared.readPool(),
                        new WebhookTargets(AllowedAddresses.beside(config.webhookAllow())),
                        shared.origins().ids())
                .mount(router, shared.answers());
        new MessageDeliveryRoutes(shared.apiKeys(), shared.readPool()).mount(router, shared.answers());
        new DeliveryRoutes(shared.apiKeys(), shared.readPool(), shared.origins().ids()).mount(router, shared.answers());
        new ProviderRoutes(shared.apiKeys(), shared.readPool()).mount(router, shared.answers());
        new AccountRoutes(shared.apiKeys(), shared.credentials()).mount(router, shared.answers());
        new TwilioApi(
                        shared.apiKeys(),
                        shared.credentials(),
                        shared.readPool(),
                        shared.listPool(),
                        acceptMessage,
                        recipients,
                        fields,
                        shared.origins())
                .mount(router, shared.answers(), shared.bodies());
        new LedgerRoutes(shared.apiKeys(), shared.readPool(), shared.origins().clock()).mount(router, shared.answers());
        router.route("/callbacks/*").handler(context -> shared.bodies().admit(context, CallbackRoutes.BODY_BYTES_MAX));
        new CallbackRoutes(
                        config.callbackProofs(),
                        commitPool,
                        bounds,
                        turns,
                        shared.callbackMeters(),
                        shared.origins().ids())
                .mount(router, shared.answers());
        new InboundRoutes(
                        config.callbackProofs(),
                        commitPool,
                        bounds,
                        turns,
                        shared.callbackMeters(),
                        shared.inbound(),
                        shared.origins().ids())
                .mount(router, shared.answers());
        mountConsents(router, recipients);
        OpenApi.mount(router, shared.answers());
        shared.answers().mount(router);
        return router;
    }

    private void mountConsents(Router router, Recipients recipients) {
        new InboundMessageRoutes(shared.apiKeys(), shared.readPool(), recipients::e164).mount(router, shared.answers());
        new SuppressionRoutes(
                        shared.apiKeys(),
                        shared.readPool(),
                        (channel, text) -> channel == Channel.EMAIL ? EmailAddress.normal(text) : recipients.e164(text))
                .mount(router, shared.answers());
        new KeywordRoutes(shared.apiKeys(), shared.readPool(), HttpApi::answering).mount(router, shared.answers());
    }

    private static KeywordAnswer answering(String text) {
        Segments segments = Segments.of(text);
        return new KeywordAnswer(text, (short) segments.count(), segments.encoding());
    }

    private AcceptMessage acceptMessage(Pool commitPool, GroupCommit.Bounds bounds, Turns turns) {
        GroupCommit<AcceptIntent, Accepted> groupCommit = new GroupCommit<>(
                bounds,
                turns,
                new MeasuredAccepts(commitPool, shared.topics(), shared.erased(), shared.acceptMeters())::accept);
        shared.acceptMeters().watch(groupCommit);
        return new AcceptMessage(groupCommit, shared.acceptMeters());
    }
}
