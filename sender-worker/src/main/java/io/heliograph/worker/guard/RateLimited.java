package io.heliograph.worker.guard;

import io.heliograph.contract.Reason;
import io.heliograph.runtime.Failures;
import io.heliograph.worker.limits.AccountTurns;
import io.heliograph.worker.limits.Complaints;
import io.heliograph.worker.limits.Slot;
import io.heliograph.worker.limits.SlotRequest;
import io.heliograph.worker.limits.Slots;
import io.heliograph.worker.provider.LookUp;
import io.heliograph.worker.provider.Outcome;
import io.heliograph.worker.provider.Outgoing;
import io.heliograph.worker.provider.Pace;
import io.heliograph.worker.provider.Provider;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a call go in its slot and in no other moment, look-ups included, and only if it is its customer account's turn; and
 * slows the whole fleet down when the provider says that it is too fast all the same.
 */
public final class RateLimited extends Guard {
    private static final Logger log = LoggerFactory.getLogger(RateLimited.class);

    private static final Outcome NO_SLOT = new Outcome.TryLater("rate_limited", Reason.PROVIDER_BUSY, Pace.NOT_TRIED);

    /** When the provider did not say for how long. */
    private static final Duration REST_MIN = Duration.ofMillis(250);
    /** Whoever asks for more is asked again then. */
    private static final Duration REST_MAX = Duration.ofMinutes(5);

    private final Slots slots;
    private final AccountTurns accounts;
    private final Function<Outgoing, @Nullable String> senders;
    private final Complaints complaints;

    /** {@code senders} says which one a message has to come from; null when any of the account's will do. */
    public RateLimited(
            Provider next,
            Slots slots,
            AccountTurns accounts,
            Function<Outgoing, @Nullable String> senders,
            LongSupplier nanos) {
        super(next);
        this.slots = slots;
        this.accounts = accounts;
        this.senders = senders;
        this.complaints = new Complaints(nanos);
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
        @Nullable String wanted = senders.apply(call.getFirst());
        if (!comeFrom(wanted, call)) {
            // A sender was found down since they were put together: they come again, each with its own.
            return Collections.nCopies(call.size(), NO_SLOT);
        }
        CallTurns turns = new CallTurns(accounts.of(call.getFirst().account()), call.size());
        SlotRequest request = new SlotRequest(call.size(), wanted, true, turns::take);
        Slot slot = InSlot.await(slots, request);
        for (int used = 1; slot != null; used++) {
            List<Outcome> outcomes = sendIn(slot, turns.inTurn(call), wanted);
            if (isSenderPaused(outcomes)) {
                // It was found down after it was chosen, and another one may be well.
                String paused = wanted == null ? slot.sender() : wanted;
                wanted = senders.apply(call.getFirst());
                if (Objects.equals(wanted, paused) || used == InSlot.SLOTS_MAX || !comeFrom(wanted, call)) {
                    return outcomes;
                }
                slot = InSlot.await(slots, request.from(wanted));
                continue;
            }
            boolean missed = slots.isMissed(slot) || turns.isOver();
            if (!missed || !isUntried(call, outcomes)) {
                return outcomes;
            }
            if (slots.isMissed(slot)) {
                slots.miss(call.size());
            }
            // A connection had to be opened, or the code was cold: nothing has left, and it is in time for another
            // slot.
            slot = used < InSlot.SLOTS_MAX ? InSlot.await(slots, request.from(wanted)) : null;
        }
        Duration refusedFor = turns.refusedFor();
        return refusedFor == null ? Collections.nCopies(call.size(), NO_SLOT) : AccountPaced.held(call, refusedFor);
    }

    private List<Outcome> sendIn(Slot slot, List<Outgoing> call, @Nullable String wanted) {
        String sender = wanted == null ? slot.sender() : wanted;
        List<Outcome> outcomes = next.send(call.stream()
                .map(one -> sender != null && one.sender() == null ? one.sentFrom(sender) : one)
                .map(one -> one.leavingBy(slot.lastNanos()))
                .toList());
        outcomes.stream()
                .filter(Outcome.TryLater.class::isInstance)
                .map(Outcome.TryLater.class::cast)
                .filter(later -> later.pace() == Pace.BUSY)
                .findFirst()
                .ifPresent(later -> slowDown(slot.sender(), later.notBefore()));
        return outcomes;
    }

    private boolean comeFrom(@Nullable String sender, List<Outgoing> call) {
        return call.size() == 1 || call.stream().allMatch(one -> Objects.equals(senders.apply(one), sender));
    }

    private static boolean isSenderPaused(List<Outcome> outcomes) {
        return outcomes.stream()
                .allMatch(outcome -> outcome instanceof Outcome.TryLater later
                        && later.code().equals(Outcome.TryLater.SENDER_PAUSED));
    }

    private static boolean isUntried(List<Outgoing> call, List<Outcome> outcomes) {
        return !call.getFirst().sendBy().hasPassed()
                && outcomes.stream()
                        .allMatch(
                                outcome -> outcome instanceof Outcome.TryLater later && later.pace() == Pace.NOT_TRIED);
    }

    @Override
    public LookUp find(Outgoing lost) {
        return InSlot.ask(
                slots,
                new LookUp.Unavailable("rate_limited"),
                LookUp.TOO_LATE,
                slot -> lost.sendBy().hasPassed()
                        ? new LookUp.Unavailable("claim_too_old")
                        : next.find(lost.leavingBy(slot.lastNanos())));
    }

    private void slowDown(@Nullable String sender, Duration asked) {
        Duration rest = asked.compareTo(REST_MIN) < 0 ? REST_MIN : asked.compareTo(REST_MAX) > 0 ? REST_MAX : asked;
        int times = complaints.another();
        if (times > 0) {
            log.atWarn()
                    .addKeyValue("provider", name())
                    .addKeyValue("rest_ms", rest.toMillis())
                    .addKeyValue("times", times)
                    .log("Provider says too fast");
        }
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
