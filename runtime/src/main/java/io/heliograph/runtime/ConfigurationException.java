package io.heliograph.runtime;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The configuration cannot be used; the message lists every mistake, one a line. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> mistakes;

    public ConfigurationException(List<String> mistakes) {
        super("The configuration has " + (mistakes.size() == 1 ? "a mistake" : mistakes.size() + " mistakes")
                + ":\n  - " + String.join("\n  - ", mistakes));
        this.mistakes = new ArrayList<>(mistakes);
    }

    /** Reads all of them, and throws once with everything that is wrong; what several complain of is told once. */
    public static void checkAll(Supplier<?>... reads) {
        Set<String> mistakes = new LinkedHashSet<>();
        for (Supplier<?> read : reads) {
            try {
                var _ = read.get();
            } catch (ConfigurationException e) {
                mistakes.addAll(e.mistakes);
            }
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(List.copyOf(mistakes));
        }
    }
}
