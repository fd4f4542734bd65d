package io.heliograph.providers.file;

import io.heliograph.providers.OlderFileException;
import io.heliograph.providers.Providers;
import io.heliograph.providers.ProvidersChange;
import io.heliograph.providers.yaml.Mistake;
import io.heliograph.runtime.Loop;
import io.heliograph.runtime.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees when the file of providers changes, and hands on what it says then. A file with mistakes is told of and changes
 * nothing. By its content, since a file that is mounted into a container may be replaced without a new date.
 */
public final class ProvidersWatch {
    /** With the second look that a change needs, it is in force within a second. */
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(ProvidersWatch.class);

    /** What a look at the file showed: its text, or why there is none. */
    private record Look(@Nullable String text, @Nullable String failure) {}

    private final ProvidersFile file;
    private final Consumer<Providers> listener;
    private final Counter applied;
    private final Counter refused;
    private volatile Providers inForce;
    private @Nullable Look before;
    private @Nullable Look handled;
    private boolean isRefused;

    /** {@code inForce} is what the file said at the start. */
    public ProvidersWatch(
            ProvidersFile file, Providers inForce, Consumer<Providers> listener, PrometheusMeterRegistry registry) {
        this.file = file;
        this.inForce = inForce;
        this.listener = listener;
        this.applied = counter(registry, "applied");
        this.refused = counter(registry, "refused");
    }

    /** Looks every half second, until it is closed. The listener is called on the loop's thread. */
    public Loop start() {
        return Loop.every("providers-watch", INTERVAL, this::runOnce);
    }

    /** What the listener has last been told, or what was there at the start. */
    public Providers inForce() {
        return inForce;
    }

    /**
     * Answers 1 when it has dealt with a change. Only what two looks in a row have seen counts: a file may be half written.
     * When the listener throws, it is told again at the next look, unless it is that the file is too old.
     */
    public int runOnce() {
        if (file.path() == null) {
            return 0;
        }
        Look look = look();
        boolean isStable = look.equals(before);
        before = look;
        if (!isStable || look.equals(handled)) {
            return 0;
        }
        handle(look);
        handled = look;
        return 1;
    }

    private Look look() {
        try {
            return new Look(file.text(), null);
        } catch (IOException e) {
            return new Look(null, file.unreadable(e));
        }
    }

    private void handle(Look look) {
        if (look.text() == null) {
            refuse(String.valueOf(look.failure()));
            return;
        }
        switch (file.parse(look.text())) {
            case ProvidersFile.Content.Valid(Providers providers) -> apply(providers);
            case ProvidersFile.Content.Broken(List<Mistake> mistakes) ->
                refuse(mistakes.stream()
                        .map(mistake -> file.name() + ":" + mistake.line() + ": " + mistake.what())
                        .collect(Collectors.joining("; ")));
        }
    }

    private void apply(Providers providers) {
        ProvidersChange change = ProvidersChange.between(inForce, providers);
        if (!change.words().isEmpty()) {
            try {
                listener.accept(providers);
            } catch (OlderFileException e) {
                refuse(String.valueOf(e.getMessage()));
                return;
            }
            inForce = providers;
            applied.increment();
            log.atInfo()
                    .addKeyValue("file", file.name())
                    .addKeyValue("changed", String.join("; ", change.words()))
                    .log("Providers changed");
        } else if (isRefused) {
            log.atInfo().addKeyValue("file", file.name()).log("Providers file is right again, nothing changed");
        }
        isRefused = false;
    }

    private void refuse(String mistakes) {
        isRefused = true;
        refused.increment();
        log.atWarn()
                .addKeyValue("file", file.name())
                .addKeyValue("mistakes", mistakes)
                .log("Providers file cannot be used, what it said before stays in force");
    }

    private static Counter counter(PrometheusMeterRegistry registry, String outcome) {
        return Metrics.counter(
                registry,
                "heliograph_providers_file_changes",
                "Changes of the file of providers, by what became of them",
                "outcome",
                outcome);
    }
}
