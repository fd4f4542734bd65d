package io.heliograph.providers.file;

import io.heliograph.contract.Channel;
import io.heliograph.providers.ProviderAccount;
import io.heliograph.providers.routing.PriceTable;
import io.heliograph.providers.routing.Route.Leg;
import io.heliograph.providers.routing.Route.Policy;
import io.heliograph.providers.yaml.Nearest;
import io.heliograph.providers.yaml.YamlMapping;
import io.heliograph.providers.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the providers of a route: a name, a list of names, or a mapping of names to weights. */
final class LegsReader {
    private static final int WEIGHT_MAX = 1_000_000;

    private final Set<String> names;
    private final Map<String, ProviderAccount> accounts;

    /** {@code names} are those of all accounts, {@code accounts} those that could be read. */
    LegsReader(Set<String> names, Map<String, ProviderAccount> accounts) {
        this.names = names;
        this.accounts = accounts;
    }

    List<Leg> read(YamlValue providers, @Nullable Channel channel, String prefix, Policy policy) {
        List<Leg> legs = new ArrayList<>();
        if (providers.isNothing()) {
            providers.mistake("leads to nothing");
        } else if (providers.isMapping()) {
            weighted(providers, channel, prefix, policy, legs);
        } else {
            providers.items().forEach(item -> add(legs, leg(item, item.requiredText(), channel, prefix, 1), item));
        }
        if (policy == Policy.LEAST_COST) {
            checkPrices(providers, legs);
        }
        return legs;
    }

    private void weighted(
            YamlValue providers, @Nullable Channel channel, String prefix, Policy policy, List<Leg> legs) {
        YamlMapping weights = providers.mapping();
        for (String name : weights.keys()) {
            YamlValue weight = weights.at(name);
            add(legs, leg(weight, name, channel, prefix, weight.integer(1, 0, WEIGHT_MAX)), weight);
        }
        if (policy != Policy.WEIGHTED) {
            providers.mistake("has weights, which only policy weighted looks at");
        } else if (!legs.isEmpty() && legs.stream().allMatch(leg -> leg.weight() == 0)) {
            providers.mistake("wants a weight above 0 for one of them at least");
        }
    }

    private @Nullable Leg leg(YamlValue where, String name, @Nullable Channel channel, String prefix, int weight) {
        if (name.isEmpty()) {
            return null;
        }
        if (!names.contains(name)) {
            String nearest = Nearest.to(name, names);
            where.mistake("leads to a provider that is not in the file"
                    + (nearest == null ? "" : "; did you mean " + nearest + "?"));
            return null;
        }
        ProviderAccount account = accounts.get(name);
        if (account != null && channel != null) {
            checkAble(where, account, channel, prefix);
        }
        return new Leg(name, weight);
    }

    private static void checkAble(YamlValue where, ProviderAccount account, Channel channel, String prefix) {
        boolean senderIsMissing = account.settings().wantsSender()
                && !account.senders().all().isEmpty()
                && !account.senders().haveOneFor(channel, prefix);
        if (!account.channels().contains(channel)) {
            where.mistake("leads " + channel.word() + " to " + account.name() + ", which does not carry it");
        } else if (senderIsMissing) {
            where.mistake("leads " + channel.word() + (prefix.isEmpty() ? "" : " for " + prefix) + " to "
                    + account.name() + ", which has no sender for it");
        }
    }

    private static void add(List<Leg> legs, @Nullable Leg leg, YamlValue where) {
        if (leg != null && legs.stream().anyMatch(other -> other.provider().equals(leg.provider()))) {
            where.mistake("names " + leg.provider() + " twice");
        } else if (leg != null) {
            legs.add(leg);
        }
    }

    private void checkPrices(YamlValue providers, List<Leg> legs) {
        Map<String, PriceTable> prices = legs.stream()
                .map(leg -> accounts.get(leg.provider()))
                .filter(account -> account != null)
                .collect(Collectors.toMap(ProviderAccount::name, ProviderAccount::prices));
        prices.forEach((name, table) -> {
            if (table.isEmpty()) {
                providers.mistake("wants prices for policy least_cost, and " + name + " has none");
            }
        });
        Set<String> currencies = prices.values().stream()
                .map(PriceTable::currency)
                .filter(currency -> !currency.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        if (currencies.size() > 1) {
            providers.mistake("wants prices in one currency, and they are in " + String.join(", ", currencies));
        }
    }
}
