package io.heliograph.simulator.twilio;

import io.heliograph.simulator.callbacks.Journeys;
import io.heliograph.simulator.callbacks.Receipts;
import io.heliograph.simulator.callbacks.TwilioReceipts;
import io.heliograph.simulator.calls.Segments;
import io.heliograph.simulator.http.Account;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.Status;
import io.heliograph.simulator.script.Behaviour;
import io.heliograph.simulator.script.Outcome;
import io.heliograph.simulator.script.Scene;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sends accepted messages on their way: at once, or when a scheduled one is due. */
final class Departures {
    private final Vertx vertx;
    private final Journeys journeys;
    private final Deliverability deliverability;
    private final Account account;
    private final InstantSource clock;
    private final RandomGenerator random;

    Departures(
            Vertx vertx,
            Journeys journeys,
            Deliverability deliverability,
            Account account,
            InstantSource clock,
            RandomGenerator random) {
        this.account = account;
        this.random = random;
        this.vertx = vertx;
        this.journeys = journeys;
        this.deliverability = deliverability;
        this.clock = clock;
    }

    /** The end is told when the message is at its end; of a scheduled one, at once. */
    void leave(Created created, Runnable end) {
        Message message = created.entry().message();
        if (message == null) {
            end.run();
        } else if (message.state().status() == Status.SCHEDULED) {
            waitUntilDue(created, message);
            end.run();
        } else {
            journeys.begin(trip(created, message, created.behaviour()), end);
        }
    }

    /** Tells that a scheduled message was cancelled. */
    void tellCanceled(Scene scene, Message message) {
        String url = message.content().statusCallback();
        if (url != null) {
            journeys.tell(scene, message, Status.CANCELED, receipts(scene, url));
        }
    }

    private void waitUntilDue(Created created, Message message) {
        Scene scene = created.scene();
        Instant due = Schedule.parse(String.valueOf(created.request().form().get("SendAt")));
        long delay = due == null ? 1 : Math.max(1, due.toEpochMilli() - clock.millis());
        scene.scheduled().incrementAndGet();
        long _ = vertx.setTimer(delay, timer -> {
            scene.scheduled().decrementAndGet();
            if (!scene.isOver() && message.state().status() == Status.SCHEDULED) {
                journeys.begin(trip(created, message, behaviourWhenDue(created)), () -> {});
            }
        });
    }

    /** Who opted out in the meantime is not sent to: the message fails. */
    private Behaviour behaviourWhenDue(Created created) {
        TwilioError error =
                deliverability.check(created.request(), created.scene().optOuts());
        Behaviour scripted = created.behaviour();
        return error == null ? scripted : scripted.ending(new Outcome(Status.FAILED, error.code()));
    }

    private Journeys.Trip trip(Created created, Message message, Behaviour behaviour) {
        CreateRequest request = created.request();
        @Nullable String sender = request.messagingServiceSid() == null ? null : deliverability.sender(request);
        int segments = Segments.count(request.body());
        String url = request.statusCallback();
        @Nullable Receipts receipts = url == null ? null : receipts(created.scene(), url);
        return new Journeys.Trip(created.scene(), message, receipts, behaviour, sender, segments);
    }

    private Receipts receipts(Scene scene, String url) {
        return new TwilioReceipts(account, random, scene.ledger(), url);
    }
}
