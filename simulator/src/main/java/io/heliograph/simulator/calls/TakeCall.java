package io.heliograph.simulator.calls;

import io.heliograph.simulator.callbacks.Journeys;
import io.heliograph.simulator.callbacks.Receipts;
import io.heliograph.simulator.ledger.Entry;
import io.heliograph.simulator.ledger.Ledger;
import io.heliograph.simulator.ledger.Message;
import io.heliograph.simulator.ledger.ProviderCall;
import io.heliograph.simulator.script.Behaviour;
import io.heliograph.simulator.script.CallBehaviour;
import io.heliograph.simulator.script.Moment;
import io.heliograph.simulator.script.Scene;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Takes a call for messages: decides by the script, writes it into the ledger, answers, sends. For one event loop. */
public final class TakeCall {
    private final Vertx vertx;
    private final Journeys journeys;
    private final InstantSource clock;
    private final RandomGenerator random;

    public TakeCall(Vertx vertx, Journeys journeys, InstantSource clock, RandomGenerator random) {
        this.vertx = vertx;
        this.journeys = journeys;
        this.clock = clock;
        this.random = random;
    }

    public void take(Asking asking, Voice voice) {
        long now = clock.millis();
        Scene scene = asking.scene();
        int concurrent = scene.concurrentCalls(asking.call().provider()).getAndIncrement();
        CallBehaviour behaviour = asking.problem() != null
                ? CallBehaviour.normal(asking.wanted().size())
                : decide(
                        asking,
                        new Moment(asking.call().provider(), asking.call().sender(), concurrent, now));
        Taken taken = enter(asking, behaviour, voice, now);
        leave(taken, voice, index -> isEarly(taken, index), () -> answerLater(taken, voice));
    }

    private CallBehaviour decide(Asking asking, Moment moment) {
        List<String> recipients = asking.wanted().stream().map(Wanted::to).toList();
        return asking.scene().script().behaviour(moment, recipients, asking.identity(), random);
    }

    private Taken enter(Asking asking, CallBehaviour behaviour, Voice voice, long now) {
        Taken taken =
                new Taken(asking, behaviour, new ArrayList<>(asking.wanted().size()));
        boolean taking = asking.problem() == null
                && !asking.rehearsal()
                && behaviour.answer().accepts();
        int accepted = 0;
        Ledger ledger = taken.ledger();
        for (int i = 0; i < asking.wanted().size(); i++) {
            Wanted wanted = asking.wanted().get(i);
            long sequence = ledger.nextSequence();
            Message message = taking && taken.isFine(i) ? message(asking, wanted, voice, sequence, now) : null;
            Entry entry = new Entry(asking.call(), sequence, now, wanted.to(), asking.identity(), message);
            ledger.record(entry, wanted.body());
            taken.entries().add(entry);
            accepted += entry.accepted() ? 1 : 0;
        }
        // Until they have left, so that whoever sees them accepted sees them under way.
        ledger.underWay().add(accepted);
        ledger.called(asking.call(), now, asking.wanted().size(), accepted);
        return taken;
    }

    private static Message message(Asking asking, Wanted wanted, Voice voice, long sequence, long now) {
        ProviderCall call = asking.call();
        Message.Content content =
                new Message.Content(wanted.to(), call.sender(), wanted.body(), null, List.of(), null, "outbound-api");
        return new Message(sequence, now, content, voice.first(), Segments.count(wanted.body()));
    }

    private void answerLater(Taken taken, Voice voice) {
        long latency = taken.behaviour().latency().sampleMillis(random);
        if (latency <= 0) {
            answer(taken, voice);
        } else {
            long _ = vertx.setTimer(latency, timer -> answer(taken, voice));
        }
    }

    private void answer(Taken taken, Voice voice) {
        Asking asking = taken.asking();
        int _ = asking.scene().concurrentCalls(asking.call().provider()).decrementAndGet();
        AnswerCall.send(taken, voice, clock.millis());
        leave(taken, voice, index -> !isEarly(taken, index), () -> {});
    }

    private static boolean isEarly(Taken taken, int index) {
        return behaviour(taken, index).callbacks().early();
    }

    private static Behaviour behaviour(Taken taken, int index) {
        return taken.behaviour().messages().get(index).behaviour();
    }

    /** Sends those that were accepted, of these; the end is told when all of them are at their end. */
    private void leave(Taken taken, Voice voice, IntPredicate which, Runnable end) {
        AtomicInteger left = new AtomicInteger(1);
        Runnable oneLess = () -> {
            if (left.decrementAndGet() == 0) {
                end.run();
            }
        };
        @Nullable Receipts receipts = null;
        for (int i = 0; i < taken.entries().size(); i++) {
            Message message = taken.entries().get(i).message();
            if (message != null && which.test(i)) {
                receipts = receipts == null ? voice.receipts(taken) : receipts;
                left.incrementAndGet();
                journeys.begin(
                        new Journeys.Trip(taken.asking().scene(), message, receipts, behaviour(taken, i), null, 0),
                        oneLess);
                taken.ledger().underWay().decrement();
            }
        }
        oneLess.run();
    }
}
