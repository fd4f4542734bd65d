package io.heliograph.worker.senders;

import io.heliograph.providers.routing.SenderIdentity;
import io.heliograph.providers.routing.Senders;
import io.heliograph.worker.provider.Outgoing;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says which sender a message has to come from: the usual one, and another that is well while that one is not. Null when
 * any will do: then its slot says which. A message that names its sender comes from no other.
 */
public final class ChooseSender implements Function<Outgoing, @Nullable String> {
    private final Senders senders;
    private final SenderBreakers breakers;
    private final Function<Outgoing, @Nullable String> usual;
    private final boolean slotsChoose;

    /** {@code usual} says it while all are well, {@code slotsChoose} whether slots have a sender where it says null. */
    public ChooseSender(
            Senders senders, SenderBreakers breakers, Function<Outgoing, @Nullable String> usual, boolean slotsChoose) {
        this.senders = senders;
        this.breakers = breakers;
        this.usual = usual;
        this.slotsChoose = slotsChoose;
    }

    @Override
    public @Nullable String apply(Outgoing message) {
        String as = usual.apply(message);
        return message.sender() != null || breakers.areAllWell() ? as : well(message, as);
    }

    private @Nullable String well(Outgoing message, @Nullable String as) {
        List<SenderBreaker> able = senders.ableTo(message.channel(), message.recipient()).stream()
                .map(SenderIdentity::address)
                .distinct()
                .map(breakers::of)
                .filter(Objects::nonNull)
                .toList();
        SenderBreaker offered = first(able, SenderBreaker::isOffered);
        if (offered != null) {
            return offered.sender();
        }
        able.stream().filter(sender -> !sender.isWell()).forEach(SenderBreaker::passOver);
        SenderBreaker well = first(able, SenderBreaker::isWell);
        boolean slotSays = as == null && slotsChoose;
        return well == null || slotSays ? as : well.sender();
    }

    private static @Nullable SenderBreaker first(List<SenderBreaker> able, Predicate<SenderBreaker> which) {
        return able.stream().filter(which).findFirst().orElse(null);
    }
}
