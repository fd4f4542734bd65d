package io.heliograph.worker.limits;

import io.heliograph.providers.routing.AccountLimits;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a provider, which has no limit of its own when {@code perSecond} is null; {@code senders} are those that
 * have one. {@code callSize} messages go in one of its calls, at the most. Slots of any sender are of none that is
 * {@code unwell}, as long as there is another.
 */
public record ProviderLimit(
        String provider, @Nullable Double perSecond, Set<String> senders, int callSize, Set<String> unwell) {
    public ProviderLimit {
        senders = Set.copyOf(senders);
        unwell = Set.copyOf(unwell);
    }

    public ProviderLimit(String provider, @Nullable Double perSecond, Set<String> senders, int callSize) {
        this(provider, perSecond, senders, callSize, Set.of());
    }

    public static ProviderLimit none(String provider) {
        return new ProviderLimit(provider, null, Set.of(), 1);
    }

    public static String scope(String provider) {
        return "provider:" + provider;
    }

    public static String senderScope(String provider, String sender) {
        return "sender:" + provider + "/" + sender;
    }

    boolean isLimited() {
        return perSecond != null || !senders.isEmpty();
    }

    /** The most messages that one call may carry for the limit's sake. */
    int callSizeMax() {
        if (!isLimited()) {
            return Integer.MAX_VALUE;
        }
        return perSecond == null || !senders.isEmpty() ? 1 : AccountLimits.callSizeMax(perSecond);
    }

    /** A limit of ours is one of messages, one that was found is one of calls. */
    int slotsFor(int messages) {
        return isLimited() ? messages : Math.ceilDiv(messages, callSize);
    }

    /** That a full call takes. */
    int slotsPerCall() {
        return slotsFor(Math.min(callSize, callSizeMax()));
    }

    String scope() {
        return scope(provider);
    }

    String senderScope(String sender) {
        return senderScope(provider, sender);
    }

    ProviderLimit without(Set<String> resting) {
        return new ProviderLimit(provider, perSecond, senders, callSize, resting);
    }

    /** Of those that slots of any sender may be of. */
    List<String> senderScopes() {
        boolean none = unwell.containsAll(senders);
        return senders.stream()
                .filter(sender -> none || !unwell.contains(sender))
                .map(this::senderScope)
                .sorted()
                .toList();
    }

    @Nullable
    String sender(@Nullable String senderScope) {
        return senderScope == null
                ? null
                : senderScope.substring(senderScope("").length());
    }
}
