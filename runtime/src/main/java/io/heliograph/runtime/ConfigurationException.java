package io.heliograph.runtime;

import java.util.List;

/** The configuration cannot be used; the message lists every mistake, one a line. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(List<String> mistakes) {
        super("The configuration has " + (mistakes.size() == 1 ? "a mistake" : mistakes.size() + " mistakes")
                + ":\n  - " + String.join("\n  - ", mistakes));
    }
}
