package io.heliograph.providers.file;

import io.heliograph.providers.ProviderAccount;
import io.heliograph.providers.Providers;
import io.heliograph.providers.Retries;
import io.heliograph.providers.Retry;
import io.heliograph.providers.Retry.Jitter;
import io.heliograph.providers.RetryWish;
import io.heliograph.providers.file.ProvidersFile.FromEnvironment;
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
    private static final int ATTEMPTS_MAX = 1_000;

    private final FromEnvironment defaults;

    ProvidersReader(FromEnvironment defaults) {
        this.defaults = defaults;
    }

    Providers read(YamlMapping file) {
        YamlMapping providers = file.child("providers");
        Map<String, ProviderAccount> accounts = accounts(providers);
        if (providers.keys().isEmpty() && !file.at("providers").isEmpty()) {
            providers.mistake("names no provider");
        }
        List<Route> routes = RoutesReader.read(file.at("routes"), new LegsReader(providers.keys(), accounts));
        FleetLimits limits = limits(file.child("limits"));
        Retries retry = retries(file.child("retry"));
        int version = file.at("version").integer(0, 1, Integer.MAX_VALUE);
        file.refuseOtherKeys();
        return new Providers(accounts, routes, limits, retry, version);
    }

    private Map<String, ProviderAccount> accounts(YamlMapping providers) {
        AccountReader reader = new AccountReader(defaults.timeoutMax());
        Map<String, ProviderAccount> accounts = new LinkedHashMap<>();
        for (String name : providers.keys()) {
            ProviderAccount account = reader.read(name, providers);
            if (account != null) {
                accounts.put(name, account);
            }
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
        if (recipient.at("count").isGiven() != recipient.at("per").isGiven()) {
            recipient.mistake("wants both, count and per");
        }
        recipient.refuseOtherKeys();
        return count == 0 || per.isZero() ? null : new PerRecipient(count, per);
    }

    private Retries retries(YamlMapping retry) {
        Duration base = retry.at("base").duration(Duration.ofSeconds(1));
        Duration cap = retry.at("cap").duration(Duration.ofMinutes(5));
        refuseShortCap(retry, base, cap);
        int attemptsMax = retry.at("attempts_max").integer(defaults.attemptsMax(), 1, ATTEMPTS_MAX);
        Retry usual = new Retry(attemptsMax, base, cap, jitter(retry, Jitter.FULL));
        YamlMapping byName = retry.child("accounts");
        Map<String, RetryWish> wishes = new HashMap<>();
        byName.keys().forEach(name -> wishes.put(name, wish(byName.child(name), usual)));
        retry.refuseOtherKeys();
        return new Retries(usual, wishes);
    }

    private static RetryWish wish(YamlMapping retry, Retry usual) {
        Integer attemptsMax = retry.at("attempts_max").integer(usual.attemptsMax(), 1, ATTEMPTS_MAX);
        Duration base = retry.at("base").duration(usual.base());
        Duration cap = retry.at("cap").duration(usual.cap());
        Jitter jitter = jitter(retry, usual.jitter());
        if (retry.at("base").isGiven() && retry.at("cap").isGiven()) {
            refuseShortCap(retry, base, cap);
        }
        retry.refuseOtherKeys();
        return new RetryWish(
                retry.at("attempts_max").isGiven() ? attemptsMax : null,
                retry.at("base").isGiven() ? base : null,
                retry.at("cap").isGiven() ? cap : null,
                retry.at("jitter").isGiven() ? jitter : null);
    }

    private static Jitter jitter(YamlMapping retry, Jitter usual) {
        Jitter jitter = retry.at("jitter").word(Jitter.WORDS, Jitter::of);
        return jitter == null ? usual : jitter;
    }

    private static void refuseShortCap(YamlMapping retry, Duration base, Duration cap) {
        if (cap.compareTo(base) < 0) {
            retry.mistake("wants a cap that is not shorter than base");
        }
    }
}
