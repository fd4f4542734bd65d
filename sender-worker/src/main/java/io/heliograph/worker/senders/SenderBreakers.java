package io.heliograph.worker.senders;

import io.heliograph.providers.Breaker;
import io.heliograph.providers.routing.SenderIdentity;
import io.heliograph.providers.routing.Senders;
import io.heliograph.worker.provider.Outgoing;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The breakers of an account's senders, beside the account's own; none for an account with a single sender. Of what fails,
 * it says whose fault it may be: a sender's, as long as there is another one that is well; else the account's.
 */
public final class SenderBreakers {
    private final Senders senders;
    private final Map<String, SenderBreaker> byAddress = new LinkedHashMap<>();
    /** A sender was suspected, and no other one has been answered: until one is, what fails is the account's. */
    private volatile boolean isAccountsFault;

    public SenderBreakers(String provider, Senders senders, Breaker account, LongSupplier nanos) {
        this.senders = senders;
        List<String> addresses =
                senders.all().stream().map(SenderIdentity::address).distinct().toList();
        if (addresses.size() > 1) {
            addresses.forEach(address -> byAddress.put(
                    address, new SenderBreaker(address, SenderBreaker.breaker(provider, account), nanos)));
        }
    }

    public Collection<SenderBreaker> all() {
        return byAddress.values();
    }

    /** Of the sender that it comes from; null where that has none. */
    public @Nullable SenderBreaker of(Outgoing message) {
        return byAddress.isEmpty() ? null : byAddress.get(message.from(senders));
    }

    /** Addresses of those that are left alone, or are being tried. */
    public Set<String> unwell() {
        return all().stream()
                .filter(sender -> !sender.isWell())
                .map(SenderBreaker::sender)
                .collect(Collectors.toSet());
    }

    public void answered(SenderBreaker by, long tookNanos) {
        isAccountsFault = false;
        by.answered(tookNanos);
    }

    public void failed(SenderBreaker by, long tookNanos) {
        // Once the last one that was well has failed, it is the account that is left alone.
        if (isAccountsFault || !isAnotherWell(by)) {
            by.release();
        } else {
            by.failed(tookNanos);
        }
    }

    /** Whether what has failed of it says nothing of the account. */
    public boolean isSendersFault(Outgoing message) {
        SenderBreaker sender = of(message);
        return sender != null && !sender.isWell() && isAnotherWell(sender);
    }

    @Nullable
    SenderBreaker of(String address) {
        return byAddress.get(address);
    }

    boolean areAllWell() {
        return all().stream().allMatch(SenderBreaker::isWell);
    }

    /** Another one was answered after this one was found down: so it is neither the account nor our way to it. */
    boolean isProven(SenderBreaker down) {
        return others(down).anyMatch(other -> other.isAnsweredSince(down.openedNanos()));
    }

    void suspectAccount() {
        isAccountsFault = true;
    }

    private boolean isAnotherWell(SenderBreaker than) {
        return others(than).anyMatch(SenderBreaker::isWell);
    }

    private Stream<SenderBreaker> others(SenderBreaker than) {
        return all().stream().filter(other -> other != than);
    }
}
