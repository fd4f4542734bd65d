package io.heliograph.gateway;

import io.heliograph.address.AllowedAddresses;
import io.heliograph.contract.Channel;
import io.heliograph.contract.Segments;
import io.heliograph.gateway.accounts.AccountRoutes;
import io.heliograph.gateway.analytics.AnalyticsRoutes;
import io.heliograph.gateway.appointments.AppointmentApi;
import io.heliograph.gateway.callbacks.CallbackRoutes;
import io.heliograph.gateway.callbacks.inbound.InboundRoutes;
import io.heliograph.gateway.callbacks.keywords.KeywordAnswer;
import io.heliograph.gateway.callbacks.keywords.KeywordRoutes;
import io.heliograph.gateway.consents.SuppressionRoutes;
import io.heliograph.gateway.events.EventRoutes;
import io.heliograph.gateway.events.stream.StreamRoutes;
import io.heliograph.gateway.http.OpenApi;
import io.heliograph.gateway.http.input.CallableUrls;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.inbound.InboundMessageRoutes;
import io.heliograph.gateway.ledger.LedgerRoutes;
import io.heliograph.gateway.messages.AcceptMessage;
import io.heliograph.gateway.messages.MessageRoutes;
import io.heliograph.gateway.messages.deadletters.DeadLetterRoutes;
import io.heliograph.gateway.messages.fields.EmailAddress;
import io.heliograph.gateway.messages.fields.MessageFields;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.messages.history.UserHistory;
import io.heliograph.gateway.notifications.NotificationRoutes;
import io.heliograph.gateway.notifications.preferences.PreferencePage;
import io.heliograph.gateway.notifications.verifications.OneTimeCodes;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.Accepted;
import io.heliograph.gateway.outbox.GroupCommit;
import io.heliograph.gateway.outbox.MeasuredAccepts;
import io.heliograph.gateway.outbox.Turns;
import io.heliograph.gateway.providers.ProviderRoutes;
import io.heliograph.gateway.twilio.TwilioApi;
import io.heliograph.gateway.webhooks.EndpointRoutes;
import io.heliograph.gateway.webhooks.deliveries.DeliveryRoutes;
import io.heliograph.gateway.webhooks.deliveries.MessageDeliveryRoutes;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.sqlclient.Pool;
import java.time.Duration;

/** Every route there is, in one place; a test holds the API's description against them. Of one event loop. */
final class ApiRoutes {
    private static final int BODY_BYTES_MAX = 1024 * 1024;

    private static final int ROWS_PER_STATEMENT_MAX = 256;
    private static final int BYTES_PER_STATEMENT_MAX = 1024 * 1024;
    /** For each event loop, and once more for its callbacks: the heap has to hold what waits. */
    private static final int BYTES_WAITING_MAX = 32 * 1024 * 1024;
    /** Measured: with fewer, the second statement takes more of the database's time than it saves anybody's. */
    private static final int ROWS_FOR_ANOTHER_STATEMENT_MIN = 32;
    /** A few times as long as a commit takes. */
    private static final Duration PATIENCE = Duration.ofMillis(25);
    /** Commits take milliseconds. With the wait below, a request is answered within ten seconds whatever happens. */
    private static final Duration STATEMENT_MAX = Duration.ofSeconds(5);

    private static final Duration WAIT_MAX = Duration.ofSeconds(5);

    private final GatewayConfig config;
    private final HttpApi.Shared shared;
    private final Pool commitPool;
    private final GroupCommit.Bounds bounds;
    private final Turns turns;
    private final Recipients recipients;
    private final MessageFields fields;
    private final AcceptMessage acceptMessage;
    private final StreamRoutes streams;
    private final PersonInboxApi personInbox;
    private final Router router;

    ApiRoutes(GatewayConfig config, HttpApi.Shared shared, Vertx vertx, Pool commitPool, int commitsAtOnce) {
        this.config = config;
        this.shared = shared;
        this.commitPool = commitPool;
        this.bounds = new GroupCommit.Bounds(
                commitsAtOnce,
                ROWS_PER_STATEMENT_MAX,
                BYTES_PER_STATEMENT_MAX,
                config.rowsWaitingMax(),
                BYTES_WAITING_MAX,
                ROWS_FOR_ANOTHER_STATEMENT_MIN,
                PATIENCE,
                STATEMENT_MAX,
                WAIT_MAX);
        this.turns = Turns.of(vertx);
        this.recipients = new Recipients(config.defaultRegion());
        this.fields = new MessageFields(recipients, shared.estimates());
        this.acceptMessage = acceptMessage();
        this.streams = new StreamRoutes(
                shared.apiKeys(), shared.streams(), shared.streams().local(vertx));
        this.personInbox = new PersonInboxApi(shared, vertx);
        this.router = Router.router(vertx);
    }

    /** Ends what goes on by itself. */
    void stop() {
        streams.stop();
        personInbox.stop();
    }

    /**
     * To be asked once. A router tries one route after the other, those with parameters by a regular expression: what comes most
     * often stands in front. Behind a hundred of them they were a tenth of what an event cost.
     */
    Router router() {
        callbacks();
        // Before everything that asks for an API key.
        personInbox.mount(router);
        router.route("/v1/*").handler(shared.apiKeys()::beforeBody);
        // Before the body's handlers, which a stream does not need.
        streams.mount(router, shared.answers());
        shared.campaigns().mountUploads(router, shared.answers(), shared.apiKeys(), recipients);
        router.route("/v1/*").handler(context -> shared.bodies().admit(context, BODY_BYTES_MAX));
        router.route("/v1/*").handler(JsonBody::anyContentType);
        router.route("/v1/*").handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
        messages();
        notifications();
        appointments();
        histories();
        shared.campaigns().mount(router, shared.answers(), shared.apiKeys(), recipients, shared.readPool());
        shared.sos().mount(router, shared.answers(), shared.apiKeys(), recipients);
        webhooks();
        operators();
        consents();
        OpenApi.mount(router, shared.answers());
        shared.answers().mount(router);
        return router;
    }

    private void messages() {
        new MessageRoutes(shared.apiKeys(), shared.readPool(), acceptMessage, recipients, fields, shared.origins())
                .mount(router, shared.answers());
    }

    private void histories() {
        new UserHistory(shared.apiKeys(), shared.readPool()).mount(router, shared.answers());
        new DeadLetterRoutes(shared.apiKeys(), shared.readPool(), fields, acceptMessage, shared.origins())
                .mount(router, shared.answers());
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
    }

    private void notifications() {
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
                        config.pushAllow(),
                        shared.origins()),
                recipients,
                bounds,
                turns);
        new EventRoutes(
                        shared.apiKeys(),
                        shared.streams().store(),
                        shared.streams().listening(),
                        notifications::postEvent)
                .mount(router, shared.answers());
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
                                shared.erased(),
                                shared.settings(),
                                shared.origins()),
                        commitPool,
                        bounds,
                        turns)
                .mount(router, shared.answers());
    }

    private void appointments() {
        shared.appointments()
                .mount(
                        router,
                        shared.answers(),
                        new AppointmentApi.OfLoop(
                                shared.apiKeys(),
                                recipients,
                                config.defaultRegion(),
                                shared.readPool(),
                                commitPool,
                                bounds,
                                turns));
        shared.booking().mount(router, shared.answers(), shared.apiKeys(), recipients::e164);
    }

    private void webhooks() {
        new EndpointRoutes(
                        shared.apiKeys(),
                        shared.readPool(),
                        new CallableUrls(AllowedAddresses.beside(config.webhookAllow()), "url"),
                        shared.origins().ids())
                .mount(router, shared.answers());
        new MessageDeliveryRoutes(shared.apiKeys(), shared.readPool()).mount(router, shared.answers());
        new DeliveryRoutes(shared.apiKeys(), shared.readPool(), shared.origins().ids()).mount(router, shared.answers());
    }

    private void operators() {
        new ProviderRoutes(shared.apiKeys(), shared.readPool()).mount(router, shared.answers());
        new AccountRoutes(shared.apiKeys(), shared.credentials()).mount(router, shared.answers());
        new LedgerRoutes(shared.apiKeys(), shared.readPool(), shared.origins().clock()).mount(router, shared.answers());
        new AnalyticsRoutes(
                        shared.apiKeys(), shared.readPool(), shared.origins().clock())
                .mount(router, shared.answers());
    }

    private void callbacks() {
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
    }

    private void consents() {
        new InboundMessageRoutes(shared.apiKeys(), shared.readPool(), recipients::e164).mount(router, shared.answers());
        new SuppressionRoutes(
                        shared.apiKeys(),
                        shared.readPool(),
                        (channel, text) -> channel == Channel.EMAIL ? EmailAddress.normal(text) : recipients.e164(text))
                .mount(router, shared.answers());
        new KeywordRoutes(shared.apiKeys(), shared.readPool(), ApiRoutes::answering).mount(router, shared.answers());
    }

    private static KeywordAnswer answering(String text) {
        Segments segments = Segments.of(text);
        return new KeywordAnswer(text, (short) segments.count(), segments.encoding());
    }

    private AcceptMessage acceptMessage() {
        GroupCommit<AcceptIntent, Accepted> groupCommit = new GroupCommit<>(
                bounds,
                turns,
                new MeasuredAccepts(commitPool, shared.topics(), shared.erased(), shared.acceptMeters())::accept);
        shared.acceptMeters().watch(groupCommit);
        return new AcceptMessage(groupCommit, shared.acceptMeters());
    }
}
