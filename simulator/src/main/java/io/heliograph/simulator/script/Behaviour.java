package io.heliograph.simulator.script;

/** What happens to one create: how long it takes, how it is answered, where the message ends, and who is told. */
public record Behaviour(Latency latency, Answer answer, Outcome outcome, CallbackPlan callbacks) {
    public static final Behaviour NORMAL =
            new Behaviour(Latency.NONE, Answer.CREATED, Outcome.DELIVERED, CallbackPlan.NORMAL);

    public Behaviour ending(Outcome other) {
        return new Behaviour(latency, answer, other, callbacks);
    }

    Behaviour answering(Answer other) {
        return new Behaviour(latency, other, outcome, callbacks);
    }
}
