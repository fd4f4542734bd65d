package io.heliograph.providers;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what may be shown of some settings, in the order in which it is told. */
final class Shown {
    private final Map<String, String> settings = new LinkedHashMap<>();

    private Shown() {}

    static Shown of(String name, String value) {
        return new Shown().plain(name, value);
    }

    /** Nothing is shown of what is not set. */
    Shown plain(String name, @Nullable String value) {
        if (value != null) {
            settings.put(name, value);
        }
        return this;
    }

    Shown secret(String name) {
        settings.put(name, "configured");
        return this;
    }

    Map<String, String> settings() {
        return Collections.unmodifiableMap(settings);
    }
}
