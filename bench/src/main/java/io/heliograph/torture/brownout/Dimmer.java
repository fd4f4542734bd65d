package io.heliograph.torture.brownout;

import io.heliograph.simulator.SimulatorControl;
import io.heliograph.simulator.ledger.Provider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Carries a forecast out at the simulator, on top of what goes wrong there all the time, and watches the traffic. */
public final class Dimmer {
    private static final long LOOK_NANOS = 200_000_000;
    /** By which it is seen who carries the traffic. */
    private static final Duration LATELY = Duration.ofSeconds(2);

    /** After a trouble of its own, a provider is well again: also when nobody has seen it, because it was given nothing. */
    private static final Duration BACK_WITHIN = Duration.ofSeconds(8);

    private record Begun(Brownout brownout, Provider victim, Provider other) {}

    private final SimulatorControl simulator;
    private final Supplier<JsonObject> usualScript;
    private final Consumer<String> progress;
    private final Traffic traffic = new Traffic();
    private final List<Begun> begun = new ArrayList<>();

    public Dimmer(SimulatorControl simulator, Supplier<JsonObject> usualScript, Consumer<String> progress) {
        this.simulator = simulator;
        this.usualScript = usualScript;
        this.progress = progress;
    }

    /** Returns when the time is over, and leaves the simulator as it is usually. */
    public void run(List<Brownout> forecast, Duration duration) {
        long start = System.nanoTime();
        simulator.script(usualScript.get());
        look(start);
        for (Brownout brownout : forecast) {
            watch(start, brownout.at());
            begin(brownout);
            watch(start, brownout.end());
            simulator.script(usualScript.get());
        }
        watch(start, duration);
    }

    /** After the run. */
    public List<Endured> endured() {
        return begun.stream().map(this::endured).toList();
    }

    private void begin(Brownout brownout) {
        Duration since = brownout.at().minus(LATELY);
        boolean twilio = traffic.accepted(Provider.TWILIO, since, brownout.at())
                >= traffic.accepted(Provider.PLIVO, since, brownout.at());
        Provider victim = twilio ? Provider.TWILIO : Provider.PLIVO;
        begun.add(new Begun(brownout, victim, twilio ? Provider.PLIVO : Provider.TWILIO));
        simulator.script(script(brownout.trouble(), victim));
        progress.accept(brownout + " at " + victim.word());
    }

    private JsonObject script(Trouble trouble, Provider victim) {
        JsonObject script = usualScript.get();
        JsonArray rules = trouble.rules(victim);
        return script.put("limits", trouble.limits(victim)).put("rules", rules.addAll(script.getJsonArray("rules")));
    }

    private Endured endured(Begun one) {
        Brownout brownout = one.brownout;
        Duration next = begun.stream()
                .map(other -> other.brownout.at())
                .filter(at -> at.compareTo(brownout.at()) > 0)
                .findFirst()
                .orElse(Duration.ofDays(1));
        Duration nextOfVictim = begun.stream()
                .filter(other -> other.victim == one.victim)
                .map(other -> other.brownout.at())
                .filter(at -> at.compareTo(brownout.at()) > 0)
                .findFirst()
                .orElse(Duration.ofDays(1));
        long accepted = traffic.accepted(one.victim, brownout.at(), brownout.end())
                + traffic.accepted(one.other, brownout.at(), brownout.end());
        return new Endured(
                brownout,
                one.victim.word(),
                movable(one),
                traffic.moved(one.victim, one.other, brownout.at(), next).orElse(null),
                traffic.returned(one.victim, brownout.end(), nextOfVictim).orElse(null),
                accepted * 1_000.0 / brownout.lasting().toMillis());
    }

    private Duration movable(Begun one) {
        Duration end = one.brownout.end();
        Duration wellAt = begun.subList(0, begun.indexOf(one)).reversed().stream()
                .filter(before -> before.victim == one.other)
                .map(before -> before.brownout.end())
                .findFirst()
                .map(since -> since.plus(traffic.returned(one.other, since, end).orElse(BACK_WITHIN)))
                .orElse(Duration.ZERO);
        Duration from = wellAt.compareTo(one.brownout.at()) > 0 ? wellAt : one.brownout.at();
        return from.compareTo(end) < 0 ? end.minus(from) : Duration.ZERO;
    }

    private void watch(long start, Duration until) {
        for (long now = System.nanoTime() - start; now < until.toNanos(); now = System.nanoTime() - start) {
            LockSupport.parkNanos(Math.min(LOOK_NANOS, until.toNanos() - now));
            look(start);
        }
    }

    private void look(long start) {
        traffic.add(Duration.ofNanos(System.nanoTime() - start), simulator.summary());
    }
}
