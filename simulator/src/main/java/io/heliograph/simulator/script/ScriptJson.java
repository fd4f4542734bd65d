package io.heliograph.simulator.script;

import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.script.Rule.Scope;
import io.heliograph.simulator.script.Script.Peculiarities;
import io.heliograph.simulator.script.Times.Counted;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a script, and finds every mistake in it. */
public final class ScriptJson {
    /** A script that can be played, or everything that is wrong with it. */
    public sealed interface Reading {
        /** Without a mistake. */
        record Read(Script script) implements Reading {}

        /** At least one. */
        record Mistaken(List<Mistake> mistakes) implements Reading {}
    }

    private static final Map<String, Counted> COUNTED =
            Map.of("together", Counted.TOGETHER, "recipient", Counted.RECIPIENT, "message", Counted.MESSAGE);
    private static final int RULES_MAX = 10_000;
    private static final double SECONDS_MAX = 1_000_000;

    private ScriptJson() {}

    /** The script's times begin now. */
    public static Reading read(JsonObject json, long nowMillis) {
        List<Mistake> mistakes = new ArrayList<>();
        Fields fields = new Fields(json, "", mistakes);
        Map<Provider, Limits> limits = LimitsJson.read(fields);
        Peculiarities peculiarities = new Peculiarities(
                WebhookJson.read(fields.object("fast2sms_webhook")), fields.flag("textlocal_fractions", false));
        List<Fields> rules = fields.objects("rules");
        if (rules.size() > RULES_MAX) {
            fields.mistake("rules", "wants at most " + RULES_MAX + " rules");
        }
        Script script = new Script(limits, rules.stream().map(ScriptJson::rule).toList(), peculiarities, nowMillis);
        fields.end();
        return mistakes.isEmpty() ? new Reading.Read(script) : new Reading.Mistaken(List.copyOf(mistakes));
    }

    private static Rule rule(Fields fields) {
        Scope scope = scope(fields);
        double share = fields.number("share", 1, 0, 1);
        int times = (int) fields.integer("times", Times.ALWAYS, 1, Integer.MAX_VALUE);
        Counted counted = fields.choice("counted", Counted.TOGETHER, COUNTED);
        if (fields.has("counted") && !fields.has("times")) {
            fields.mistake("counted", "means nothing without \"times\"");
        }
        Rule rule = new Rule(
                scope,
                share,
                new Times(times, counted),
                BehaviourJson.latency(fields.object("latency"), null),
                AnswerJson.answer(fields.object("answer")),
                BehaviourJson.outcome(fields.object("outcome"), scope.provider()),
                BehaviourJson.callbacks(fields.object("callbacks")));
        fields.end();
        return rule;
    }

    private static Scope scope(Fields fields) {
        String from = fields.text("from");
        String to = fields.text("to");
        String toSuffix = fields.text("to_suffix");
        if (to != null && toSuffix != null) {
            fields.mistake("to_suffix", "cannot stand beside \"to\"");
        }
        boolean everyCall = fields.flag("every_call", false);
        if (everyCall && (from != null || to != null || toSuffix != null)) {
            fields.mistake("every_call", "cannot stand beside \"from\", \"to\" or \"to_suffix\"");
        }
        double fromSeconds = fields.number("from_s", 0, 0, SECONDS_MAX);
        double until = fields.number("until_s", Double.MAX_VALUE, fromSeconds, SECONDS_MAX);
        return new Scope(
                ProviderNames.read(fields),
                from,
                to,
                toSuffix,
                Math.round(fromSeconds * 1_000),
                until == Double.MAX_VALUE ? Long.MAX_VALUE : Math.round(until * 1_000),
                everyCall);
    }
}
