package io.heliograph.worker;

import io.heliograph.providers.ProviderAccount;
import io.heliograph.runtime.AtOnce;
import io.heliograph.worker.limits.Limits;
import io.heliograph.worker.limits.ProviderLimit;
import io.heliograph.worker.limits.RateStore.Brake;
import io.heliograph.worker.limits.ReportStore;
import io.heliograph.worker.limits.Slots;
import io.heliograph.worker.provider.Provider;
import io.heliograph.worker.routing.NoProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The lines that are open, one for each provider that this worker serves, and one for what nobody carries. */
final class ProviderLines {
    private final Map<String, ProviderLine> lines = new ConcurrentSkipListMap<>();
    private final Sender.House house;

    ProviderLines(Sender.House house) {
        this.house = house;
    }

    Sender.House house() {
        return house;
    }

    void openForNobody(ProviderLine.Shared shared) {
        lines.put(NoProvider.NAME, new ProviderLine(NoProvider.NAME, Sender.nobody(house), shared));
    }

    /** Unless it is open, or others serve it. */
    void open(ProviderAccount account, ProviderLine.Shared shared) {
        String name = account.name();
        if (house.config().serves(name) && !lines.containsKey(name)) {
            lines.put(name, new ProviderLine(name, BuildSender.of(house, account), shared));
        }
    }

    /** Lets what is in flight end first. */
    void closeAllExcept(Set<String> staying) {
        List<String> closing = lines.keySet().stream()
                .filter(name -> !staying.contains(name) && !name.equals(NoProvider.NAME))
                .toList();
        AtOnce.forEach(closing, this::close);
    }

    void stop() {
        AtOnce.forEach(lines.values(), ProviderLines::stop);
    }

    boolean has(String name) {
        return lines.containsKey(name);
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
    void limit(ProviderAccount account) {
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

    private void close(String name) {
        ProviderLine line = lines.remove(name);
        if (line != null) {
            stop(line);
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
