package io.heliograph.simulator.script;

import io.heliograph.simulator.ledger.Ledger;
import io.heliograph.simulator.ledger.Provider;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Everything that happens between two resets: the ledger, the rules in force, who opted out. */
public final class Scene {
    private final Ledger ledger;
    private final OptOuts optOuts = new OptOuts();
    private final AtomicInteger[] concurrentCalls =
            new AtomicInteger[Provider.all().size()];
    private final AtomicInteger scheduled = new AtomicInteger();
    private volatile Script script = Script.EMPTY;
    private volatile @Nullable Webhook fast2smsWebhook;
    private volatile boolean over;

    Scene(Ledger ledger) {
        this.ledger = ledger;
        for (int i = 0; i < concurrentCalls.length; i++) {
            concurrentCalls[i] = new AtomicInteger();
        }
    }

    public Ledger ledger() {
        return ledger;
    }

    public OptOuts optOuts() {
        return optOuts;
    }

    /** Calls for messages that this provider has not answered yet. */
    public AtomicInteger concurrentCalls(Provider provider) {
        return concurrentCalls[provider.index()];
    }

    /** Messages that wait for their time. */
    public AtomicInteger scheduled() {
        return scheduled;
    }

    public Script script() {
        return script;
    }

    public void play(Script next) {
        script = next;
    }

    /** Where Fast2SMS sends its reports: as the script says, or else as it was set up; null when neither did. */
    public @Nullable Webhook fast2smsWebhook() {
        Webhook scripted = script.fast2smsWebhook();
        return scripted != null ? scripted : fast2smsWebhook;
    }

    public void setUpFast2smsWebhook(Webhook webhook) {
        fast2smsWebhook = webhook;
    }

    /** True after a reset: what is still under way stops silently. */
    public boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }
}
