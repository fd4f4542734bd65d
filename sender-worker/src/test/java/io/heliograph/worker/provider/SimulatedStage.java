package io.heliograph.worker.provider;

import io.heliograph.contract.Channel;
import io.heliograph.runtime.FreePorts;
import io.heliograph.simulator.Simulator;
import io.heliograph.simulator.SimulatorConfig;
import io.heliograph.simulator.SimulatorControl;
import io.heliograph.worker.testing.Outgoings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** The simulator, for the providers that it plays. */
final class SimulatedStage implements Stage {
    private final io.heliograph.simulator.ledger.Provider played;
    private final BiFunction<String, Login, Subject> subjects;
    private final Map<No, JsonObject> refusals;
    private final List<Outgoing> messages;
    private final Simulator simulator;
    private final SimulatorControl control;

    /** The function is given where the simulator is. The refusals are answers of its script. */
    SimulatedStage(
            Vertx vertx,
            io.heliograph.simulator.ledger.Provider played,
            BiFunction<String, Login, Subject> subjects,
            Map<No, JsonObject> refusals)
            throws Exception {
        this(vertx, played, subjects, refusals, List.of(message("+919876543210"), message("+919876543211")));
    }

    /** The same with messages that go its way. */
    SimulatedStage(
            Vertx vertx,
            io.heliograph.simulator.ledger.Provider played,
            BiFunction<String, Login, Subject> subjects,
            Map<No, JsonObject> refusals,
            List<Outgoing> messages)
            throws Exception {
        this.played = played;
        this.messages = messages;
        this.subjects = subjects;
        this.refusals = refusals;
        this.simulator = Simulator.start(vertx, SimulatorConfig.onFreePort()).await(10, TimeUnit.SECONDS);
        this.control = new SimulatorControl(simulator.url());
    }

    /** With a code of the provider's own. */
    static JsonObject error(int code) {
        return new JsonObject().put("kind", "error").put("code", code);
    }

    @Override
    public Subject subject(Login login) {
        return subjects.apply(simulator.url(), login);
    }

    @Override
    public Subject inTheDark() {
        return subjects.apply("http://127.0.0.1:" + FreePorts.next(), Login.RIGHT);
    }

    @Override
    public List<Outgoing> messages() {
        return messages;
    }

    @Override
    public void play(Day day) {
        if (day != Day.WELL) {
            script(rule(day));
        }
    }

    @Override
    public List<No> refusals() {
        return List.copyOf(refusals.keySet());
    }

    @Override
    public void refuse(No no) {
        script(answering(Objects.requireNonNull(refusals.get(no))));
    }

    @Override
    public long calls() {
        return control.summary().at(played).calls();
    }

    @Override
    public void reset() {
        control.reset();
        control.clearScript();
    }

    @Override
    public void close() {
        control.close();
    }

    private void script(JsonObject rule) {
        rule.put("provider", played.name().toLowerCase(Locale.ROOT));
        control.script(new JsonObject().put("rules", new JsonArray().add(rule)));
    }

    /** All that a day is in the simulator's script. */
    static JsonObject rule(Day day) {
        return day == Day.SLOW
                ? new JsonObject().put("latency", new JsonObject().put("fixed_ms", SLOW_ANSWER.toMillis()))
                : answering(answer(day));
    }

    static JsonObject answering(JsonObject answer) {
        return new JsonObject().put("answer", answer);
    }

    private static JsonObject answer(Day day) {
        return switch (day) {
            case WELL, SLOW -> kind("created");
            case BUSY -> kind("too_many_requests");
            case BUSY_FOR_SEVEN_SECONDS -> kind("too_many_requests").put("retry_after_s", 7);
            case BUSY_UNTIL_A_DATE ->
                kind("too_many_requests").put("retry_after_s", 7).put("as_date", true);
            case SILENT_AFTER_TAKING -> kind("silence").put("accepts", true);
            case RESET_BEFORE_TAKING -> kind("reset");
            case RESET_AFTER_TAKING -> kind("reset").put("accepts", true);
            case BROKEN_BEFORE_TAKING -> kind("server_error").put("status", 503);
            case BROKEN_AFTER_TAKING -> kind("server_error").put("status", 500).put("accepts", true);
            case GARBAGE -> kind("garbage").put("accepts", true);
            case HTML -> kind("html").put("status", 200).put("accepts", true);
            case EMPTY -> kind("empty").put("accepts", true);
            case WITHOUT_AN_ID -> kind("without_id").put("accepts", true);
            case WITH_A_BLANK_ID -> kind("without_id").put("blank", true).put("accepts", true);
            case REDIRECT -> kind("redirect");
        };
    }

    private static JsonObject kind(String kind) {
        return new JsonObject().put("kind", kind);
    }

    private static Outgoing message(String recipient) {
        return Outgoings.ordinary().by(Channel.SMS).recipient(recipient).build();
    }
}
