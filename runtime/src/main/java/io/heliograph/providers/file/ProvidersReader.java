package io.heliograph.providers.file;

import io.heliograph.providers.ProviderAccount;
import io.heliograph.providers.Providers;
import io.heliograph.providers.Retry;
import io.heliograph.providers.routing.FleetLimits;
import io.heliograph.providers.routing.FleetLimits.PerRecipient;
import io.heliograph.providers.routing.Route;
import io.heliograph.providers.yaml.YamlMapping;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the whole file. What it answers is only good when the reading has no mistakes. */
final class ProvidersReader {
    private final int attemptsMaxDefault;

    ProvidersReader(int attemptsMaxDefault) {
        this.attemptsMaxDefault = attemptsMaxDefault;
    }

    Providers read(YamlMapping file) {
        YamlMapping providers = file.child("providers");
        Map<String, ProviderAccount> accounts = accounts(providers);
        List<Route> routes = RoutesReader.read(file.at("routes"), new LegsReader(providers.keys(), accounts));
        FleetLimits limits = limits(file.child("limits"));
        Retry retry = retry(file.child("retry"));
        int version = file.at("version").integer(0, 1, Integer.MAX_VALUE);
        file.refuseOtherKeys();
        return new Providers(accounts, routes, limits, retry, version);
    }

    private static Map<String, ProviderAccount> accounts(YamlMapping providers) {
        Map<String, ProviderAccount> accounts = new LinkedHashMap<>();
        for (String name : providers.keys()) {
            ProviderAccount account = AccountReader.read(name, providers);
            if (account != null) {
                accounts.put(name, account);
            }
        }
        if (providers.keys().isEmpty()) {
            providers.mistake("names no provider");
        }
        return accounts;
    }

    private static FleetLimits limits(YamlMapping limits) {
        PerRecipient recipient = recipient(limits.child("recipient"));
        YamlMapping account = limits.child("account");
        Double defaultPerSecond = account.at("default_per_second").perSecond();
        YamlMapping byName = account.child("accounts");
        Map<String, Double> perSecond = new HashMap<>();
        for (String name : byName.keys()) {
            Double limit = byName.at(name).perSecond();
            if (limit != null) {
                perSecond.put(name, limit);
            }
        }
        account.refuseOtherKeys();
        limits.refuseOtherKeys();
        return new FleetLimits(recipient, defaultPerSecond, perSecond);
    }

    private static @Nullable PerRecipient recipient(YamlMapping recipient) {
        int count = recipient.at("count").integer(0, 1, PerRecipient.COUNT_MAX);
        Duration per = recipient.at("per").duration(Duration.ZERO);
        if (recipient.has("count") != recipient.has("per")) {
            recipient.mistake("wants both, count and per");
        }
        recipient.refuseOtherKeys();
        return count == 0 || per.isZero() ? null : new PerRecipient(count, per);
    }

    private Retry retry(YamlMapping retry) {
        Duration base = retry.at("base").duration(Duration.ofSeconds(1));
        Duration cap = retry.at("cap").duration(Duration.ofMinutes(5));
        if (cap.compareTo(base) < 0) {
            retry.mistake("wants a cap that is not shorter than base");
        }
        Retry read = new Retry(retry.at("attempts_max").integer(attemptsMaxDefault, 1, 1_000), base, cap);
        retry.refuseOtherKeys();
        return read;
    }
}
