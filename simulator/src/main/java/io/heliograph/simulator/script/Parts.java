package io.heliograph.simulator.script;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects a behaviour from rules, the most specific first: of each part the first that says something counts. */
final class Parts {
    private @Nullable Latency latency;
    private @Nullable Answer answer;
    private @Nullable Outcome outcome;
    private @Nullable CallbackPlan callbacks;

    void add(Rule rule) {
        addToCall(rule);
        addToMessage(rule);
    }

    /** What concerns a call as a whole. */
    void addToCall(Rule rule) {
        latency = latency == null ? rule.latency() : latency;
        answer = answer == null ? rule.answer() : answer;
    }

    /** What concerns each of its messages. */
    void addToMessage(Rule rule) {
        outcome = outcome == null ? rule.outcome() : outcome;
        callbacks = callbacks == null ? rule.callbacks() : callbacks;
    }

    @Nullable
    Latency latency() {
        return latency;
    }

    @Nullable
    Answer answer() {
        return answer;
    }

    Behaviour behaviour() {
        return new Behaviour(
                Objects.requireNonNullElse(latency, Behaviour.NORMAL.latency()),
                Objects.requireNonNullElse(answer, Behaviour.NORMAL.answer()),
                Objects.requireNonNullElse(outcome, Behaviour.NORMAL.outcome()),
                Objects.requireNonNullElse(callbacks, Behaviour.NORMAL.callbacks()));
    }
}
