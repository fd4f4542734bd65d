package io.heliograph.worker.guard;

import io.heliograph.runtime.Failures;
import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Provider;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backstop: a bug in what it wraps becomes an unknown outcome, because nobody can say how far the call had got. */
public final class NeverThrowing extends Guard {
    private static final Logger log = LoggerFactory.getLogger(NeverThrowing.class);

    public NeverThrowing(Provider next) {
        super(next);
    }

    @Override
    public List<Outcome> send(List<Outgoing> call) {
        try {
            List<Outcome> outcomes = next.send(call);
            if (outcomes.size() == call.size()) {
                return outcomes;
            }
            report(new IllegalStateException("wrong number of outcomes"));
        } catch (RuntimeException e) {
            report(e);
        }
        return Collections.nCopies(call.size(), new Outcome.Unknown("provider_failed"));
    }

    @Override
    public LookUp find(Outgoing lost) {
        try {
            return next.find(lost);
        } catch (RuntimeException e) {
            report(e);
            return new LookUp.Unavailable(e.getClass().getSimpleName());
        }
    }

    @Override
    public Health check() {
        try {
            return next.check();
        } catch (RuntimeException e) {
            report(e);
            return new Health.Down(e.getClass().getSimpleName());
        }
    }

    private void report(RuntimeException bug) {
        log.atError()
                .setCause(Failures.withoutMessages(bug))
                .addKeyValue("provider", name())
                .addKeyValue("error", Failures.describe(bug))
                .log("A provider broke its promise not to throw");
    }
}
