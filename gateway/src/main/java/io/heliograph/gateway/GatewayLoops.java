package io.heliograph.gateway;

import io.heliograph.gateway.accounts.AccountBacklog;
import io.heliograph.gateway.accounts.ApiKeys;
import io.heliograph.gateway.accounts.TwilioCredentials;
import io.heliograph.gateway.appointments.AppointmentApi;
import io.heliograph.gateway.booking.Booking;
import io.heliograph.gateway.callbacks.DeliveryRates;
import io.heliograph.gateway.callbacks.ParkedReceipts;
import io.heliograph.gateway.events.stream.EventStreams;
import io.heliograph.gateway.sos.ending.EndRequests;
import io.heliograph.gateway.turns.TakeTurns;
import io.heliograph.providers.fleet.FleetRoutes;
import io.heliograph.runtime.Loop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a gateway does over and over for messages and callbacks, and to know what others have changed. */
final class GatewayLoops {
    private static final Duration ROUTES_REFRESH_INTERVAL = Duration.ofMillis(250);
    private static final Duration ACCOUNT_BACKLOG_INTERVAL = Duration.ofSeconds(1);
    private static final Duration DELIVERY_RATES_INTERVAL = Duration.ofSeconds(1);
    private static final Duration TURNS_INTERVAL = Duration.ofMillis(500);
    private static final Duration PARKED_INTERVAL = Duration.ofSeconds(1);
    private static final Duration STREAM_PAUSE_MIN = Duration.ofMillis(50);
    private static final Duration STREAM_PAUSE_MAX = Duration.ofMillis(200);
    private static final Duration LISTENING_INTERVAL = Duration.ofMinutes(1);
    private static final Duration STRANGERS_INTERVAL = Duration.ofMinutes(10);

    /** Alerts that are needed no more are taken back before many have left. */
    private static final Duration SOS_PAUSE_MIN = Duration.ofMillis(100);

    private static final Duration SOS_PAUSE_MAX = Duration.ofMillis(250);

    private static final Duration SOS_EXPIRY_INTERVAL = Duration.ofSeconds(1);

    private static final Duration REMINDERS_INTERVAL = Duration.ofSeconds(1);

    private static final Duration CONVERSATIONS_INTERVAL = Duration.ofMinutes(10);

    private GatewayLoops() {}

    static List<Loop> ofSos(EndRequests ending) {
        return List.of(
                Loop.start(
                        "end-sos-requests",
                        SOS_PAUSE_MIN,
                        SOS_PAUSE_MAX,
                        () -> ending.runOnce().await(20, TimeUnit.SECONDS)),
                Loop.start(
                        "close-expired-sos-requests",
                        SOS_EXPIRY_INTERVAL,
                        SOS_EXPIRY_INTERVAL,
                        () -> ending.closeExpired().await(20, TimeUnit.SECONDS)));
    }

    /** Of conversations in which visits are booked. */
    static Loop of(Booking booking) {
        return Loop.start(
                "forget-conversations",
                CONVERSATIONS_INTERVAL,
                CONVERSATIONS_INTERVAL,
                () -> booking.forget().await(20, TimeUnit.SECONDS));
    }

    /** Of visits. */
    static Loop of(AppointmentApi appointments) {
        return Loop.start(
                "send-due-reminders",
                REMINDERS_INTERVAL,
                REMINDERS_INTERVAL,
                () -> appointments.remind().await(20, TimeUnit.SECONDS));
    }

    static List<Loop> of(
            ApiKeys apiKeys,
            TwilioCredentials credentials,
            FleetRoutes routes,
            AccountBacklog accountBacklog,
            DeliveryRates rates,
            ParkedReceipts parked,
            EventStreams streams,
            TakeTurns turns) {
        return List.of(
                Loop.every(
                        "refresh-api-keys",
                        ApiKeys.REFRESH_INTERVAL,
                        () -> apiKeys.refresh().await(5, TimeUnit.SECONDS)),
                Loop.every(
                        "refresh-twilio-credentials",
                        ApiKeys.REFRESH_INTERVAL,
                        () -> credentials.refresh().await(5, TimeUnit.SECONDS)),
                Loop.every("refresh-routes", ROUTES_REFRESH_INTERVAL, () -> {
                    Void _ = routes.refresh().await(5, TimeUnit.SECONDS);
                    return 0;
                }),
                Loop.every(
                        "refresh-account-backlog",
                        ACCOUNT_BACKLOG_INTERVAL,
                        () -> accountBacklog.refresh().await(5, TimeUnit.SECONDS)),
                Loop.every("delivery-rates", DELIVERY_RATES_INTERVAL, () -> {
                    Void _ = rates.tell().await(5, TimeUnit.SECONDS);
                    return 0;
                }),
                Loop.start("tell-streams", STREAM_PAUSE_MIN, STREAM_PAUSE_MAX, streams::tellWhatIsNew),
                Loop.every(
                        "listen-on", LISTENING_INTERVAL, () -> streams.renew().await(5, TimeUnit.SECONDS)),
                Loop.every(
                        "sweep-turns",
                        TURNS_INTERVAL,
                        () -> turns.sweep().await(5, TimeUnit.SECONDS).intValue()),
                Loop.start("apply-parked-receipts", PARKED_INTERVAL, PARKED_INTERVAL, parked::runOnce),
                Loop.every("drop-strange-receipts", STRANGERS_INTERVAL, parked::dropStrangers));
    }
}
