package io.heliograph.simulator.twilio;

import io.heliograph.simulator.calls.Segments;
import io.heliograph.simulator.ledger.Entry;
import io.heliograph.simulator.ledger.Ledger;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.ledger.ProviderCall;
import io.heliograph.simulator.ledger.Status;
import io.heliograph.simulator.script.Behaviour;
import io.heliograph.simulator.script.Moment;
import io.heliograph.simulator.script.Scene;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Takes a create: decides by the script and by Twilio's rules, writes it into the ledger, answers, sends. */
final class CreateMessage {
    private final Vertx vertx;
    private final Deliverability deliverability;
    private final Departures departures;
    private final CreateAnswers answers;
    private final InstantSource clock;
    private final RandomGenerator random;
    private ProviderCall latestCall = ProviderCall.from(Provider.TWILIO, null);

    CreateMessage(
            Vertx vertx,
            Deliverability deliverability,
            Departures departures,
            CreateAnswers answers,
            InstantSource clock,
            RandomGenerator random) {
        this.vertx = vertx;
        this.deliverability = deliverability;
        this.departures = departures;
        this.answers = answers;
        this.clock = clock;
        this.random = random;
    }

    /** The denial is what is wrong with the caller's credentials; a denied POST is written down too. */
    void handle(HttpServerRequest http, CreateRequest request, Scene scene, @Nullable TwilioError denial) {
        long now = clock.millis();
        int concurrent = scene.concurrentCalls(Provider.TWILIO).getAndIncrement();
        Behaviour behaviour = denial != null
                ? Behaviour.NORMAL
                : scene.script()
                        .behaviour(
                                new Moment(Provider.TWILIO, call(request).sender(), concurrent, now),
                                request.to(),
                                request.identity(),
                                random);
        TwilioError error = denial != null ? denial : check(request, scene, now);
        boolean accepted = error == null && behaviour.answer().accepts();
        Entry entry = enter(scene.ledger(), request, accepted, now);
        Created created = new Created(http, request, scene, behaviour, error, entry, concurrent + 1);
        if (accepted && behaviour.callbacks().early()) {
            leave(created, () -> answerLater(created));
        } else {
            answerLater(created);
        }
    }

    private @Nullable TwilioError check(CreateRequest request, Scene scene, long now) {
        TwilioError error = CreateRules.check(request);
        if (error == null) {
            int aheadMin = scene.script().limits(Provider.TWILIO).scheduleAheadMinSeconds();
            error = Schedule.check(request, aheadMin, scene.scheduled().get(), now);
        }
        return error != null ? error : deliverability.check(request, scene.optOuts());
    }

    private Entry enter(Ledger ledger, CreateRequest request, boolean accepted, long now) {
        long sequence = ledger.nextSequence();
        Message message = accepted ? message(request, sequence, now) : null;
        ProviderCall call = call(request);
        Entry entry = new Entry(call, sequence, now, request.to(), request.identity(), message);
        ledger.record(entry, request.text());
        if (accepted) {
            // Until it has left, so that whoever sees it accepted sees it under way.
            ledger.underWay().increment();
        }
        ledger.called(call, now, 1, accepted ? 1 : 0);
        return entry;
    }

    private Message message(CreateRequest request, long sequence, long now) {
        boolean direct = request.messagingServiceSid() == null;
        boolean scheduled = Schedule.isAskedFor(request.form());
        Message.Content content = new Message.Content(
                request.to(),
                direct ? call(request).sender() : null,
                request.text(),
                request.messagingServiceSid(),
                request.mediaUrls(),
                scheduled ? request.statusCallback() : null,
                "outbound-api");
        Status status = direct ? Status.QUEUED : scheduled ? Status.SCHEDULED : Status.ACCEPTED;
        return new Message(sequence, now, content, status, direct ? Segments.count(request.text()) : 0);
    }

    /** Most messages have the sender of the one before, and what is kept a million times should be one. */
    private ProviderCall call(CreateRequest request) {
        String sender = request.messagingServiceSid() == null ? request.from() : request.messagingServiceSid();
        String contentSid = request.contentSid();
        if (contentSid != null) {
            return new ProviderCall(Provider.TWILIO, sender, null, Map.of("content_sid", contentSid));
        }
        if (!Objects.equals(sender, latestCall.sender())) {
            latestCall = ProviderCall.from(Provider.TWILIO, sender);
        }
        return latestCall;
    }

    private void answerLater(Created created) {
        long latency = created.behaviour().latency().sampleMillis(random);
        if (latency <= 0) {
            answer(created);
        } else {
            long _ = vertx.setTimer(latency, timer -> answer(created));
        }
    }

    private void answer(Created created) {
        created.scene().concurrentCalls(Provider.TWILIO).decrementAndGet();
        answers.send(created, clock.millis());
        if (created.entry().accepted() && !created.behaviour().callbacks().early()) {
            leave(created, () -> {});
        }
    }

    private void leave(Created created, Runnable end) {
        departures.leave(created, end);
        created.scene().ledger().underWay().decrement();
    }
}
