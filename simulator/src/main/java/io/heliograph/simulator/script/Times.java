package io.heliograph.simulator.script;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How often a rule applies before it is passed over. Safe for any thread. */
final class Times {
    /** What is counted on its own. */
    enum Counted {
        TOGETHER,
        RECIPIENT,
        MESSAGE
    }

    static final int ALWAYS = 0;

    private final int max;
    private final Counted counted;
    private final Map<String, AtomicInteger> taken = new ConcurrentHashMap<>();

    /** A maximum of 0 means always. */
    Times(int max, Counted counted) {
        this.max = max;
        this.counted = counted;
    }

    /** True when each recipient or message has a count of its own. */
    boolean isApart() {
        return counted != Counted.TOGETHER;
    }

    boolean take(String to, @Nullable String identity) {
        if (max == ALWAYS) {
            return true;
        }
        String key = switch (counted) {
            case TOGETHER -> "";
            case RECIPIENT -> to;
            case MESSAGE -> identity == null ? to : identity;
        };
        return taken.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet() <= max;
    }
}
