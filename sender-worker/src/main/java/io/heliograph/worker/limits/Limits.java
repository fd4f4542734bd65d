package io.heliograph.worker.limits;

import io.heliograph.providers.ProviderAccount;
import io.heliograph.providers.Providers;
import io.heliograph.providers.routing.SenderIdentity;
import io.heliograph.worker.provider.Outgoing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The limits of the file, as the fleet keeps them. */
public final class Limits {
    private Limits() {}

    /** {@code callSizeMax} messages go in one of its calls, whatever the file says. */
    public static ProviderLimit of(ProviderAccount account, int callSizeMax) {
        return new ProviderLimit(account.name(), account.limits().perSecond(), limitedSenders(account), callSizeMax);
    }

    private static Set<String> limitedSenders(ProviderAccount account) {
        return account.senders().all().stream()
                .filter(sender -> sender.perSecond() != null)
                .map(SenderIdentity::address)
                .collect(Collectors.toSet());
    }

    /**
     * Says which sender a message has to come from, where not all that are limited would do; null when any of them will. It
     * is asked for every message, so what does not depend on one is found out before.
     */
    public static Function<Outgoing, @Nullable String> senders(ProviderAccount account) {
        Set<String> limited = limitedSenders(account);
        return message ->
                message.sender() != null || limited.isEmpty() ? message.sender() : sender(account, limited, message);
    }

    /** Whether slots have a sender, where any will do. */
    public static boolean haveSenders(ProviderAccount account) {
        return !limitedSenders(account).isEmpty();
    }

    private static @Nullable String sender(ProviderAccount account, Set<String> limited, Outgoing message) {
        List<String> able = account.senders().ableTo(message.channel(), message.recipient()).stream()
                .map(SenderIdentity::address)
                .toList();
        return able.isEmpty() || able.containsAll(limited) ? null : able.getFirst();
    }

    /** Whether nothing but limits, prices and channels is different, none of which a provider's calls depend on. */
    public static boolean differAtMost(ProviderAccount before, ProviderAccount after) {
        return before.settings().equals(after.settings())
                && before.breaker().equals(after.breaker())
                && Objects.equals(before.receiptAfter(), after.receiptAfter())
                && before.limits().concurrency() == after.limits().concurrency()
                && before.limits().timeout().equals(after.limits().timeout())
                && before.limits().batch() == after.limits().batch()
                && addresses(before).equals(addresses(after))
                && limitedSenders(before).equals(limitedSenders(after));
    }

    private static List<List<?>> addresses(ProviderAccount account) {
        return account.senders().all().stream()
                .<List<?>>map(sender -> List.of(sender.address(), sender.channels(), sender.prefixes()))
                .toList();
    }

    /** By scope; null for one without a limit, which can be paused all the same. */
    public static Map<String, @Nullable Double> byScope(Providers providers) {
        Map<String, @Nullable Double> limits = new HashMap<>();
        for (ProviderAccount account : providers.accounts().values()) {
            limits.put(ProviderLimit.scope(account.name()), account.limits().perSecond());
            for (SenderIdentity sender : account.senders().all()) {
                if (sender.perSecond() != null) {
                    limits.put(ProviderLimit.senderScope(account.name(), sender.address()), sender.perSecond());
                }
            }
        }
        return limits;
    }
}
