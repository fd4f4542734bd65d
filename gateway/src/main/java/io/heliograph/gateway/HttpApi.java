package io.heliograph.gateway;

import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.TwilioCredentials;
import io.heliograph.gateway.appointments.AppointmentApi;
import io.heliograph.gateway.booking.Booking;
import io.heliograph.gateway.callbacks.CallbackMeters;
import io.heliograph.gateway.callbacks.CallbackRoutes;
import io.heliograph.gateway.callbacks.inbound.InboundRoutes;
import io.heliograph.gateway.events.stream.EventStreams;
import io.heliograph.gateway.http.Answers;
import io.heliograph.gateway.http.BodyBudget;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.fields.Estimates;
import io.heliograph.gateway.notifications.Campaigns;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.inbox.stream.InboxStreams;
import io.heliograph.gateway.notifications.settings.AccountSettings;
import io.heliograph.gateway.notifications.verifications.OneTimeCodes;
import io.heliograph.gateway.outbox.AcceptMeters;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.gateway.sos.Sos;
import io.heliograph.runtime.Database;
import io.heliograph.runtime.IndexedPlans;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One HTTP server on one event loop, with database connections that no other loop uses. */
final class HttpApi extends VerticleBase {
    /** Providers send some dozens. More would only cost time: they are put in order before anybody knows who sent them. */
    private static final int FORM_FIELDS_MAX = 512;

    private static final int COMMIT_CONNECTIONS = 2;
    /** Of what a client sends, which nobody reads. */
    private static final int WEB_SOCKET_BYTES_MAX = 4 * 1024;

    private static final int IDLE_SECONDS_MAX = 120;
    /** The server gives up first, so that whoever waits for a lock is told for certain that nothing was stored. */
    private static final Duration STATEMENT_AT_SERVER_MAX = Duration.ofSeconds(4);
    /** Requests under way when the gateway is stopped are answered within the ten seconds of ApiRoutes. */
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
            InboxStreams inboxes,
            OneTimeCodes codes,
            Campaigns campaigns,
            Sos sos,
            AppointmentApi appointments,
            Booking booking,
            BodyBudget bodies) {}

    private final GatewayConfig config;
    private final Shared shared;
    private final AtomicInteger port;
    private @Nullable HttpServer server;
    private @Nullable ApiRoutes routes;
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
        if (routes != null) {
            routes.stop();
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

    Router router(Vertx vertx, Pool commitPool) {
        ApiRoutes its = new ApiRoutes(config, shared, vertx, commitPool, COMMIT_CONNECTIONS);
        routes = its;
        return its.router();
    }
}
