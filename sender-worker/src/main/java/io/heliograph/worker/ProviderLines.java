package io.heliograph.worker;

import io.heliograph.providers.ProviderAccount;
import io.heliograph.providers.Providers;
import io.heliograph.runtime.AtOnce;
import io.heliograph.worker.limits.Limits;
import io.heliograph.worker.limits.ProviderLimit;
import io.heliograph.worker.limits.RateStore.Brake;
import io.heliograph.worker.limits.ReportStore;
import io.heliograph.worker.limits.Slots;
import io.heliograph.worker.provider.Provider;
import io.heliograph.worker.routing.NoProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The lines that are open, one for each provider that this worker serves, and one for what nobody carries. */
final class ProviderLines {
    private final Map<String, ProviderLine> lines = new ConcurrentSkipListMap<>();
    /** Lines whose calls are ending, by the names of their providers. */
    private final Map<String, Thread> closing = new HashMap<>();

    private final Sender.House house;
    private Map<String, ProviderAccount> accounts = Map.of();

    ProviderLines(Sender.House house) {
        this.house = house;
    }

    Sender.House house() {
        return house;
    }

    void openForNobody(ProviderLine.Shared shared) {
        lines.put(NoProvider.NAME, new ProviderLine(NoProvider.NAME, Sender.nobody(house), shared));
    }

    /**
     * Limits change where they are; an account that changed otherwise is closed and opened anew, which lets what is in flight
     * there end first. Nobody waits for that: a lower limit may come next.
     */
    synchronized void follow(Providers changed, ProviderLine.Shared shared) {
        Map<String, ProviderAccount> before = accounts;
        accounts = changed.accounts();
        for (String name : lines.keySet()) {
            ProviderAccount account = accounts.get(name);
            if (account != null && Limits.differAtMost(Objects.requireNonNull(before.get(name)), account)) {
                limit(account);
            } else if (!name.equals(NoProvider.NAME)) {
                closeAside(name, shared);
            }
        }
        openMissing(shared);
    }

    /** Waits for those that are closing too. */
    void stop() {
        List<Runnable> endings = new ArrayList<>();
        synchronized (this) {
            lines.values().forEach(line -> endings.add(() -> stop(line)));
            closing.values().forEach(thread -> endings.add(() -> join(thread)));
        }
        AtOnce.forEach(endings, Runnable::run);
    }

    boolean areConnected() {
        return lines.values().stream().allMatch(ProviderLine::isConnected);
    }

    @Nullable
    Provider provider(String name) {
        ProviderLine line = lines.get(name);
        return line == null ? null : line.sender().ordinary().provider();
    }

    /** Its breaker is open, it hangs, or this worker ends. */
    boolean isLeftAlone(String name) {
        ProviderLine line = lines.get(name);
        return line == null || line.sender().allowed().getAsInt() == 0;
    }

    /** Of one that is open, from now on. */
    private void limit(ProviderAccount account) {
        Slots slots = Objects.requireNonNull(lines.get(account.name())).sender().slots();
        slots.limit(Limits.of(account, slots.callSize()));
    }

    /** Of the time since the last one. */
    List<ReportStore.Report> report(Duration since) {
        return lines.entrySet().stream()
                .filter(line -> !line.getKey().equals(NoProvider.NAME))
                .map(line -> line.getValue().report(since))
                .toList();
    }

    List<String> scopes() {
        return lines.keySet().stream().map(ProviderLimit::scope).toList();
    }

    /** By scope. */
    void follow(Map<String, Brake> brakes) {
        lines.forEach((name, line) -> {
            Brake brake = brakes.get(ProviderLimit.scope(name));
            if (brake != null) {
                line.sender().slots().follow(brake);
            }
        });
    }

    /** Unless they are open, or others serve them; nor while the one before is closing, whose name and calls they have. */
    private void openMissing(ProviderLine.Shared shared) {
        accounts.forEach((name, account) -> {
            if (house.config().serves(name)
                    && !lines.containsKey(name)
                    && !closing.containsKey(name)
                    && !house.stopping().getAsBoolean()) {
                lines.put(name, new ProviderLine(name, BuildSender.of(house, account), shared));
            }
        });
    }

    /** For as long as a call may take; then what is now of that name is opened. */
    private void closeAside(String name, ProviderLine.Shared shared) {
        ProviderLine line = Objects.requireNonNull(lines.remove(name));
        Runnable close = () -> {
            try {
                stop(line);
            } finally {
                closed(name, shared);
            }
        };
        closing.put(name, Thread.ofVirtual().name("close " + name).start(close));
    }

    private synchronized void closed(String name, ProviderLine.Shared shared) {
        Thread _ = closing.remove(name);
        openMissing(shared);
    }

    private static void join(Thread closing) {
        try {
            closing.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(ProviderLine line) {
        try {
            line.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
