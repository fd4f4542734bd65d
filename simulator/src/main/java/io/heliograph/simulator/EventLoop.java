package io.heliograph.simulator;

import io.heliograph.simulator.callbacks.Inbound;
import io.heliograph.simulator.callbacks.Journeys;
import io.heliograph.simulator.callbacks.OtherInbound;
import io.heliograph.simulator.callbacks.Webhooks;
import io.heliograph.simulator.calls.OtherCalls;
import io.heliograph.simulator.calls.TakeCall;
import io.heliograph.simulator.control.ControlRoutes;
import io.heliograph.simulator.control.InjectInbound;
import io.heliograph.simulator.fast2sms.Fast2SmsRoutes;
import io.heliograph.simulator.http.Account;
import io.heliograph.simulator.http.Replies;
import io.heliograph.simulator.plivo.PlivoApi;
import io.heliograph.simulator.plivo.PlivoRoutes;
import io.heliograph.simulator.push.Browsers;
import io.heliograph.simulator.push.PushRoutes;
import io.heliograph.simulator.script.Stage;
import io.heliograph.simulator.script.Webhook;
import io.heliograph.simulator.textlocal.TextlocalRoutes;
import io.heliograph.simulator.twilio.TwilioApi;
import io.heliograph.simulator.twilio.TwilioRoutes;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Serves on one event loop, with its own connections to customers; the stage is shared with the other loops. */
final class EventLoop extends VerticleBase {
    private final SimulatorConfig config;
    private final Stage stage;
    private final Browsers browsers;
    private final SplittableRandom random;
    private @Nullable TwilioRoutes twilio;
    private @Nullable PlivoRoutes plivo;
    private @Nullable Fast2SmsRoutes fast2sms;
    private @Nullable TextlocalRoutes textlocal;
    private @Nullable PushRoutes push;
    private @Nullable ControlRoutes control;
    private @Nullable HttpServer server;

    EventLoop(SimulatorConfig config, Stage stage, Browsers browsers, SplittableRandom random) {
        this.browsers = browsers;
        this.config = config;
        this.stage = stage;
        this.random = random;
    }

    @Override
    public Future<?> start() {
        Account account = new Account(config.accountSid(), config.authToken());
        InstantSource clock = InstantSource.system();
        Webhooks webhooks = new Webhooks(vertx, config.callbacksInFlight(), config.callbacksWaiting());
        Journeys journeys = new Journeys(vertx, webhooks, clock, random);
        OtherCalls others = new OtherCalls(vertx, clock, random);
        twilio = TwilioApi.routes(vertx, stage, account, config.phoneNumber(), journeys, others, clock, random);
        TwilioRoutes messages = twilio;
        TakeCall take = new TakeCall(vertx, journeys, clock, random);
        SimulatorConfig.Others accounts = config.others();
        plivo = PlivoApi.routes(stage, accounts.plivoAuthId(), accounts.plivoAuthToken(), take, others, random);
        fast2sms = new Fast2SmsRoutes(stage, accounts.fast2smsKey(), webhook(), take, others);
        textlocal = new TextlocalRoutes(stage, accounts.textlocalKey(), take, others, clock);
        push = new PushRoutes(stage, accounts.vapidPublicKey(), browsers, take, clock);
        Inbound inbound = new Inbound(webhooks, account, clock, random);
        OtherInbound otherInbound =
                new OtherInbound(webhooks, PlivoApi.dialect(accounts.plivoAuthToken(), random), random);
        control = new ControlRoutes(
                vertx,
                stage,
                new InjectInbound(inbound, otherInbound, config.inboundUrl()),
                messages::listTo,
                browsers,
                clock);
        server = vertx.createHttpServer(options()).requestHandler(this::route);
        // A negative port is a free one that all instances of a deployment share.
        return server.listen(config.port() == 0 ? -1 : config.port(), config.host());
    }

    private @Nullable Webhook webhook() {
        String url = config.fast2smsWebhookUrl();
        return url == null ? null : Webhook.of(url);
    }

    /** HTTP/1.1 only: a reset shall break one request, not all that share a connection. */
    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setHandle100ContinueAutomatically(true);
    }

    int port() {
        return server == null ? 0 : server.actualPort();
    }

    private void route(HttpServerRequest http) {
        if (twilio != null && http.path().startsWith(TwilioRoutes.PREFIX)) {
            twilio.handle(http);
        } else if (plivo != null && http.path().startsWith(PlivoRoutes.PREFIX)) {
            plivo.handle(http);
        } else if (fast2sms != null && http.path().startsWith(Fast2SmsRoutes.PREFIX)) {
            fast2sms.handle(http);
        } else if (textlocal != null && TextlocalRoutes.isFor(http.path())) {
            textlocal.handle(http);
        } else if (push != null && http.path().startsWith(PushRoutes.PREFIX)) {
            push.handle(http);
        } else if (control != null && http.path().startsWith(ControlRoutes.PREFIX)) {
            control.handle(http);
        } else {
            Replies.json(http, 404, "{\"error\":\"There are only the providers' paths and /control/\"}");
        }
    }
}
