package io.heliograph.worker.guard;

import io.heliograph.contract.Reason;
import io.heliograph.runtime.Failures;
import io.heliograph.worker.limits.Slots;
import io.heliograph.worker.limits.Slots.Slot;
import io.heliograph.worker.provider.Health;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.Provider;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a call go in its slot and in no other moment, look-ups included; and slows the whole fleet down when the provider
 * says that it is too fast all the same.
 */
public final class RateLimited implements Provider {
    private static final Logger log = LoggerFactory.getLogger(RateLimited.class);

    private static final Outcome NO_SLOT = new Outcome.TryLater("rate_limited", Reason.PROVIDER_BUSY, Pace.NOT_TRIED);

    /** A claim is in doubt for as long as it waits here, should this worker die. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(2);
    /** When the provider did not say for how long. */
    private static final Duration REST_MIN = Duration.ofMillis(250);
    /** Whoever asks for more is asked again then. */
    private static final Duration REST_MAX = Duration.ofMinutes(5);

    private final Provider next;
    private final Slots slots;
    private final Function<Outgoing, @Nullable String> senders;

    /** {@code senders} says which one a message has to come from; null when any of the account's will do. */
    public RateLimited(Provider next, Slots slots, Function<Outgoing, @Nullable String> senders) {
        this.next = next;
        this.slots = slots;
        this.senders = senders;
    }

    @Override
    public String name() {
        return next.name();
    }

    @Override
    public int callSizeMax() {
        return Math.min(next.callSizeMax(), slots.callSizeMax());
    }

    @Override
    public Object callKey(Outgoing outgoing) {
        // A slot is one sender's.
        String sender = senders.apply(outgoing);
        return sender == null ? next.callKey(outgoing) : List.of(sender, next.callKey(outgoing));
    }

    @Override
    public List<Outcome> send(List<Outgoing> call) {
        String wanted = senders.apply(call.getFirst());
        Slot slot = slot(call.size(), wanted);
        if (slot == null) {
            return Collections.nCopies(call.size(), NO_SLOT);
        }
        // A message that may come from one sender only has it already, or its provider finds the same.
        String sender = wanted == null ? slot.sender() : null;
        List<Outgoing> sent = sender == null
                ? call
                : call.stream()
                        .map(one -> one.sender() == null ? one.sentFrom(sender) : one)
                        .toList();
        List<Outcome> outcomes = next.send(sent);
        outcomes.stream()
                .filter(Outcome.TryLater.class::isInstance)
                .map(Outcome.TryLater.class::cast)
                .filter(later -> later.pace() == Pace.BUSY)
                .findFirst()
                .ifPresent(later -> slowDown(slot.sender(), later.notBefore()));
        return outcomes;
    }

    @Override
    public @Nullable String receiptKey(Outgoing first, Outgoing of) {
        return next.receiptKey(first, of);
    }

    @Override
    public LookUp find(Outgoing lost) {
        return slot(1, null) == null ? new LookUp.Unavailable("rate_limited") : next.find(lost);
    }

    @Override
    public Health check() {
        return next.check();
    }

    private @Nullable Slot slot(int messages, @Nullable String sender) {
        try {
            return slots.await(messages, sender, WAIT_MAX);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void slowDown(@Nullable String sender, Duration asked) {
        Duration rest = asked.compareTo(REST_MIN) < 0 ? REST_MIN : asked.compareTo(REST_MAX) > 0 ? REST_MAX : asked;
        log.atWarn()
                .addKeyValue("provider", name())
                .addKeyValue("rest_ms", rest.toMillis())
                .log("Provider says too fast");
        try {
            slots.slowDown(sender, rest)
                    .onFailure(failure -> log.atWarn()
                            .addKeyValue("provider", name())
                            .addKeyValue("error", Failures.describe(failure))
                            .log("Could not slow down the fleet"));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
