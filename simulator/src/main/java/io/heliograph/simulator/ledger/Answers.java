package io.heliograph.simulator.ledger;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each provider answered in which way, counted by message. Safe for any thread. */
final class Answers {
    private final Map<Provider, Map<String, LongAdder>> counts = new EnumMap<>(Provider.class);

    Answers() {
        Provider.all().forEach(provider -> counts.put(provider, new ConcurrentHashMap<>()));
    }

    void add(Provider provider, String how) {
        of(provider).computeIfAbsent(how, _ -> new LongAdder()).increment();
    }

    Map<String, Long> by(Provider provider) {
        Map<String, Long> sums = new ConcurrentHashMap<>();
        of(provider).forEach((how, count) -> sums.put(how, count.sum()));
        return sums;
    }

    Map<String, Long> together() {
        Map<String, Long> sums = new ConcurrentHashMap<>();
        Provider.all().forEach(provider -> by(provider).forEach((how, count) -> sums.merge(how, count, Long::sum)));
        return sums;
    }

    private Map<String, LongAdder> of(Provider provider) {
        return counts.getOrDefault(provider, Map.of());
    }
}
