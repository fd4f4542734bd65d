package io.heliograph.worker.guard;

import io.github.resilience4j.timelimiter.TimeLimiter;
import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Provider;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;

/**
 * Gives up on a call that does not end, whatever it hangs in; what it was about is unknown then. A provider keeps a
 * limit of its own that is shorter and knows more: this one is for the day when that fails.
 */
public final class TimeLimited extends Guard {
    private final TimeLimiter limiter;
    private final ExecutorService threads;

    public TimeLimited(Provider next, Duration limit, ExecutorService threads) {
        super(next);
        this.limiter = TimeLimiter.of(limit);
        this.threads = threads;
    }

    @Override
    public List<Outcome> send(List<Outgoing> call) {
        return within(() -> next.send(call), Collections.nCopies(call.size(), new Outcome.Unknown("time_limit")));
    }

    @Override
    public LookUp find(Outgoing lost) {
        return within(() -> next.find(lost), new LookUp.Unavailable("time_limit"));
    }

    @Override
    public Health check() {
        return within(next::check, new Health.Down("time_limit"));
    }

    private <T> T within(Callable<T> call, T whenLate) {
        try {
            return limiter.executeFutureSupplier(() -> threads.submit(call));
        } catch (TimeoutException _) {
            return whenLate;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return whenLate;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
