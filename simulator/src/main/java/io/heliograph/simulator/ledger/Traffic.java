package io.heliograph.simulator.ledger;

import io.heliograph.simulator.ledger.Arrivals.Seen;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What arrived at each provider, and from each of its senders. Safe for any thread. */
final class Traffic {
    /** The senders that came after so many others are counted together under this name. */
    static final String OTHERS = "(others)";

    private static final int SENDERS_MAX = 1_000;

    /** A sender is empty when the calls named none; the others ask for no message. */
    private record AtProvider(Arrivals all, Map<String, Arrivals> bySender, Arrivals others) {}

    private final Map<Provider, AtProvider> providers = new EnumMap<>(Provider.class);

    Traffic() {
        for (Provider provider : Provider.all()) {
            providers.put(provider, new AtProvider(new Arrivals(), new ConcurrentHashMap<>(), new Arrivals()));
        }
    }

    void add(ProviderCall call, long now, int messages, int accepted) {
        AtProvider at = at(call.provider());
        at.all.add(now, messages, accepted);
        String sender = call.sender() == null ? "" : call.sender();
        Arrivals known = at.bySender.get(sender);
        if (known == null) {
            String name = at.bySender.size() < SENDERS_MAX ? sender : OTHERS;
            known = at.bySender.computeIfAbsent(name, _ -> new Arrivals());
        }
        known.add(now, messages, accepted);
    }

    Seen of(Provider provider) {
        return at(provider).all.seen();
    }

    void addOther(Provider provider, long now) {
        at(provider).others.add(now, 0, 0);
    }

    Seen others(Provider provider) {
        return at(provider).others.seen();
    }

    /** Each provider that was called, and each of its senders. */
    List<Rates> rates() {
        List<Rates> rates = new ArrayList<>();
        for (Provider provider : Provider.all()) {
            AtProvider at = at(provider);
            Seen all = at.all.seen();
            if (all.calls() > 0 || at.others.seen().calls() > 0) {
                rates.add(Rates.of(provider, null, all, at.others.seen()));
                at.bySender.forEach((sender, seen) -> rates.add(Rates.of(provider, sender, seen.seen(), Seen.NOTHING)));
            }
        }
        return rates;
    }

    private AtProvider at(Provider provider) {
        AtProvider at = providers.get(provider);
        if (at == null) {
            throw new IllegalStateException("Every provider is there from the start");
        }
        return at;
    }
}
