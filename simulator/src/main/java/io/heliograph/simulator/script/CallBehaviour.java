package io.heliograph.simulator.script;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a call that asks for many messages: how long it takes, how it is answered as a whole, and, in its
 * order, what happens to each message.
 */
public record CallBehaviour(Latency latency, Answer answer, List<OfMessage> messages) {
    /** One message's part; it is refused by itself when there is a refusal. */
    public record OfMessage(@Nullable Answer refusal, Behaviour behaviour) {
        static final OfMessage NORMAL = new OfMessage(null, Behaviour.NORMAL);
    }

    /** Without a script. */
    public static CallBehaviour normal(int messages) {
        return new CallBehaviour(Latency.NONE, Answer.CREATED, Collections.nCopies(messages, OfMessage.NORMAL));
    }

    CallBehaviour answering(Answer other) {
        return new CallBehaviour(latency, other, messages);
    }
}
