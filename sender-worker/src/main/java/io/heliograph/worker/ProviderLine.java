package io.heliograph.worker;

import io.heliograph.broker.BrokerConsumer;
import io.heliograph.contract.Lane;
import io.heliograph.contract.Pacing;
import io.heliograph.contract.Queues;
import io.heliograph.providers.Retries;
import io.heliograph.runtime.AtOnce;
import io.heliograph.runtime.Failures;
import io.heliograph.runtime.Loop;
import io.heliograph.worker.delivery.Deliver;
import io.heliograph.worker.delivery.EndedCalls;
import io.heliograph.worker.delivery.Judge;
import io.heliograph.worker.delivery.RecordEnded;
import io.heliograph.worker.delivery.SendClaimed;
import io.heliograph.worker.guard.Tallied;
import io.heliograph.worker.intake.ClaimDue;
import io.heliograph.worker.intake.Hand;
import io.heliograph.worker.intake.InFlight;
import io.heliograph.worker.limits.ReportStore;
import io.heliograph.worker.limits.Slots;
import io.heliograph.worker.receipts.AskForReceipts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One provider's way through this worker: from its queues over the claim and the call to the record. */
final class ProviderLine {
    /** What all lines of a worker share. */
    record Shared(
            Sender.House house,
            Deliver.Shared deliver,
            Supplier<Retries> retries,
            Judge.Alternatives alternatives,
            Function<AskForReceipts.Account, AskForReceipts> receipts) {}

    private static final Duration RECEIPTS_INTERVAL = Duration.ofSeconds(1);

    private static final Duration FLEET_INTERVAL = Duration.ofMillis(250);

    private static final Logger log = LoggerFactory.getLogger(ProviderLine.class);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration PAUSE_MIN = Duration.ofMillis(1);
    /** How soon it is seen that a provider is back. */
    private static final Duration PAUSE_MAX = Duration.ofMillis(50);
    /** One waits for the database while the other gathers. */
    private static final int RECORDERS = 2;

    private static final int CLAIMERS_CRITICAL = 1;
    private static final int CLAIMERS_ORDINARY = 2;

    private final String name;
    private final Sender sender;
    private final Shared shared;
    private final EndedCalls ended;
    /** One for the critical, so that no hanging campaign leaves them without a place. */
    private final Map<Boolean, InFlight> inFlight;

    private final List<Hand> hands = new ArrayList<>();
    private final List<BrokerConsumer> consumers = new ArrayList<>();
    private final List<Loop> claimers = new ArrayList<>();
    private final List<Loop> recorders = new ArrayList<>();
    private final Loop fleet;
    /** Null where nobody waits for receipts. */
    private final @Nullable Loop receipts;

    /** Returns at once; connections are opened in the background. */
    ProviderLine(String name, Sender sender, Shared shared) {
        this.name = name;
        this.sender = sender;
        this.shared = shared;
        this.inFlight = Map.of(true, new InFlight(sender.allowed()), false, new InFlight(sender.allowed()));
        this.ended = new EndedCalls(this::messagesInFlight, sender.slots()::isLeased);
        List<Lane> lanes = shared.house().config().lanes();
        // Critical lanes have a claimer, and calls, of their own, so that no code waits for a campaign.
        begin(true, lanes.stream().filter(lane -> lane == Lane.CRITICAL), sender.critical(), CLAIMERS_CRITICAL);
        begin(false, lanes.stream().filter(lane -> lane != Lane.CRITICAL), sender.ordinary(), CLAIMERS_ORDINARY);
        this.fleet =
                Loop.every("breaker " + name, FLEET_INTERVAL, sender.lifecycle().followFleet());
        RecordEnded record = new RecordEnded(
                name, ended, shared.deliver(), shared.house().config().batchMax());
        for (int i = 0; i < RECORDERS; i++) {
            recorders.add(Loop.start("record " + name + " " + i, PAUSE_MIN, PAUSE_MAX, record::runOnce));
        }
        this.receipts = sender.receipts() == null
                ? null
                : Loop.every(
                        "receipts " + name, RECEIPTS_INTERVAL, shared.receipts().apply(sender.receipts())::runOnce);
    }

    /** At the most, of the worker's pool. */
    static int connectionsMax() {
        return CLAIMERS_CRITICAL + CLAIMERS_ORDINARY + RECORDERS + 1;
    }

    Sender sender() {
        return sender;
    }

    /** Of the time since the last one. */
    ReportStore.Report report(Duration since) {
        Tallied.Tally tally = sender.tally().take();
        double seconds = since.toNanos() / 1e9;
        return new ReportStore.Report(
                name,
                tally.accepted() / seconds,
                tally.refused() / seconds,
                tally.failed() / seconds,
                tally.calls() == 0 ? null : tally.nanos() / 1e6 / tally.calls(),
                messagesInFlight());
    }

    private int messagesInFlight() {
        return inFlight.values().stream().mapToInt(InFlight::messages).sum();
    }

    boolean isConnected() {
        return consumers.stream().allMatch(BrokerConsumer::isConnected);
    }

    /**
     * Nothing new is begun, and what has not left yet is given back; what has left may end, and is recorded. Blocks until
     * then, for as long as a call may take.
     */
    void stop() throws InterruptedException {
        sender.lifecycle().stopping().set(true);
        fleet.close();
        if (receipts != null) {
            receipts.close();
        }
        AtOnce.forEach(claimers, Loop::close);
        hands.forEach(Hand::shut);
        long until =
                System.nanoTime() + shared.house().config().lease().dividedBy(2).toNanos();
        while (messagesInFlight() > 0 && System.nanoTime() - until < 0) {
            Thread.sleep(LOOK);
        }
        AtOnce.forEach(hands, Hand::close);
        AtOnce.forEach(recorders, Loop::close);
        leaveFleet();
        sender.close();
    }

    private void leaveFleet() {
        try {
            int _ = sender.lifecycle().leaveFleet().runOnce();
        } catch (Exception e) {
            log.atInfo()
                    .addKeyValue("provider", name)
                    .addKeyValue("error", Failures.describe(e))
                    .log("Could not leave the trying of a provider to others, they wait for us a while");
        }
    }

    private int prefetch(WorkerConfig config) {
        Double perSecond = sender.slots().perSecond();
        return perSecond == null ? config.prefetch() : new Pacing(perSecond).prefetch(config.prefetch());
    }

    private void begin(boolean critical, Stream<Lane> lanes, Sender.Entry entry, int count) {
        List<String> queues = lanes.map(lane -> Queues.name(name, lane)).toList();
        if (queues.isEmpty()) {
            return;
        }
        WorkerConfig config = shared.house().config();
        BrokerConsumer consumer = BrokerConsumer.start(
                shared.house().vertx(),
                config.broker(),
                new BrokerConsumer.Settings("worker " + name, queues, prefetch(config)),
                shared.house().registry());
        consumers.add(consumer);
        Hand hand = new Hand(consumer);
        hands.add(hand);
        SendClaimed sends = new SendClaimed(
                entry.provider(),
                new Judge(name, shared.retries(), shared.alternatives()),
                shared.deliver(),
                () -> ThreadLocalRandom.current().nextDouble());
        Deliver deliver = new Deliver(name, sends, ended, shared.deliver());
        Slots slots = sender.slots();
        ClaimDue claim = new ClaimDue(
                hand,
                Objects.requireNonNull(inFlight.get(critical)),
                slots,
                critical
                        ? messages ->
                                slots.reserveFirst(messages, entry.placesFree().getAsInt())
                        : messages -> slots.reserve(messages, entry.placesFree().getAsInt()),
                deliver::begin,
                sender.claimMax());
        for (int i = 0; i < count; i++) {
            claimers.add(Loop.start("claim " + queues.getFirst() + " " + i, PAUSE_MIN, PAUSE_MAX, claim::runOnce));
        }
    }
}
