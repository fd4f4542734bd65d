package io.heliograph.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings from environment variables and collects every mistake, so that a person mends all of them at once.
 * {@link #check} throws when there was one; until then each getter answers something harmless.
 */
public final class Environment {
    private final Map<String, String> variables;
    private final List<String> mistakes = new ArrayList<>();
    private final Map<String, String> effective = new TreeMap<>();

    public Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    public String text(String name, String defaultValue) {
        return read(name, defaultValue, Function.identity(), "a text", defaultValue);
    }

    /** Null when it is not set. */
    public @Nullable String optionalText(String name) {
        String value = raw(name);
        effective.put(name, value == null ? "(not set)" : value);
        return value;
    }

    /** Null when it is not set; its value is never shown. */
    public @Nullable String secret(String name) {
        String value = raw(name);
        effective.put(name, value == null ? "(not set)" : "configured");
        return value;
    }

    public int integer(String name, int defaultValue, int min, int max) {
        return read(
                name,
                Integer.toString(defaultValue),
                text -> {
                    int value = Integer.parseInt(text.trim());
                    if (value < min || value > max) {
                        throw new IllegalArgumentException();
                    }
                    return value;
                },
                "a whole number from " + min + " to " + max,
                defaultValue);
    }

    /** A TCP port; 0 lets the system choose a free one. */
    public int port(String name, int defaultValue) {
        return integer(name, defaultValue, 0, 65_535);
    }

    /** Written as a number with its unit: {@code 250ms}, {@code 5s}, {@code 10m}, {@code 72h}, {@code 7d}. */
    public Duration duration(String name, Duration defaultValue) {
        return read(
                name,
                Durations.write(defaultValue),
                Durations::parse,
                "a duration such as 250ms, 5s, 10m, 72h or 7d",
                defaultValue);
    }

    public DatabaseUrl databaseUrl(String name, String defaultValue) {
        return url(name, defaultValue, DatabaseUrl::parse, "postgresql://user:password@host:5432/database");
    }

    public BrokerUrl brokerUrl(String name, String defaultValue) {
        return url(name, defaultValue, BrokerUrl::parse, "amqp://user:password@host:5672/vhost");
    }

    /** For mistakes that only the caller can see. */
    public void mistake(String name, String what) {
        mistakes.add(name + ": " + what);
    }

    /** Throws with every mistake found so far. */
    public void check() {
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(mistakes);
        }
    }

    /** What is in force, secrets as {@code configured}; for the log at start. */
    public Map<String, String> effective() {
        return Map.copyOf(effective);
    }

    private <T> T url(String name, String defaultValue, Function<String, T> parse, String shape) {
        String value = raw(name);
        // The whole URL is kept out of what is shown: it holds a password.
        effective.put(name, value == null ? "(default)" : "configured");
        try {
            return parse.apply(value == null ? defaultValue : value);
        } catch (IllegalArgumentException e) {
            mistakes.add(name + ": wants " + shape);
            return parse.apply(defaultValue);
        }
    }

    private <T> T read(String name, String defaultText, Function<String, T> parse, String wants, T fallback) {
        String value = raw(name);
        effective.put(name, value == null ? defaultText : value);
        if (value == null) {
            return fallback;
        }
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException e) {
            mistakes.add(name + ": wants " + wants + ", got \"" + value + "\"");
            return fallback;
        }
    }

    private @Nullable String raw(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value;
    }
}
