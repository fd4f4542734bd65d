package io.heliograph.simulator.calls;

import io.heliograph.simulator.ledger.Entry;
import io.heliograph.simulator.ledger.Ledger;
import io.heliograph.simulator.script.CallBehaviour;
import java.util.List;
import java.util.stream.IntStream;

/** A call with all that was decided about it: an entry for each message that it asks for, in the same order. */
public record Taken(Asking asking, CallBehaviour behaviour, List<Entry> entries) {
    /** True when nothing is wrong with this message by itself. */
    public boolean isFine(int index) {
        return asking.wanted().get(index).valid()
                && behaviour.messages().get(index).refusal() == null;
    }

    /** The places of the messages with which nothing is wrong. */
    public List<Integer> fine() {
        return IntStream.range(0, entries.size()).filter(this::isFine).boxed().toList();
    }

    public Ledger ledger() {
        return asking.scene().ledger();
    }
}
