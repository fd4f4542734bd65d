package io.heliograph.webhooks.deliver;

import io.heliograph.runtime.Failures;
import io.heliograph.runtime.Pace;
import io.heliograph.webhooks.deliver.DeliveryStore.DueLine;
import io.heliograph.webhooks.deliver.Lines.Ask;
import io.heliograph.webhooks.post.Post;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is due. Its due time is moved on first: whatever happens to this process after that, it comes again when the lease is
 * over. Any number of processes may do this at once.
 */
public final class DeliverDue {
    private static final Logger log = LoggerFactory.getLogger(DeliverDue.class);
    private static final int TAKE_MAX = 500;
    private static final long ROOM_WAIT_MS = 5;
    private static final long STOP_WAIT_MS = 100;

    private final DeliveryStore store;
    private final TwilioCredentialStore twilio;
    private final TryDelivery tryDelivery;
    private final RecordTries record;
    private final Places places;
    private final Lines lines;
    private final Duration lease;
    private final WebhookMeters meters;
    private final Pace lookPace = new Pace(Duration.ofMillis(20), Duration.ofMillis(500), 5);

    public DeliverDue(Pool pool, Post post, DeliverLimits limits, Clock clock, WebhookMeters meters) {
        this.store = new DeliveryStore(pool);
        this.twilio = new TwilioCredentialStore(pool);
        this.tryDelivery = new TryDelivery(post, new RetrySchedule(limits.retryFor(), limits.random()), clock);
        this.places = new Places(limits.inFlightMax());
        this.lines = new Lines(limits.inFlightPerLineMax());
        this.lease = limits.lease();
        this.record = new RecordTries(pool, places, meters, limits.disableAfter());
        this.meters = meters;
    }

    /** One round. Answers 0 when there is nothing to do but to look again later. */
    public int runOnce() throws TimeoutException, InterruptedException {
        look();
        meters.inFlight(places.used());
        List<Ask> asks = lines.asks(places.left(), TAKE_MAX);
        if (!asks.isEmpty()) {
            return beginByKind(asks);
        }
        if (!lines.waitForRoom()) {
            return 0;
        }
        places.awaitEnd(ROOM_WAIT_MS);
        return 1;
    }

    /** Records what has ended; a loop of its own. */
    public int recordOnce() throws TimeoutException, InterruptedException {
        return record.runOnce();
    }

    /** Waits for what is under way, for so long, and records it; the rest is due again when its lease is over. */
    public void finish(Duration waitMax) {
        long deadline = System.nanoTime() + waitMax.toNanos();
        try {
            record.flush();
            while (places.used() > 0 && System.nanoTime() - deadline < 0) {
                places.awaitEnd(STOP_WAIT_MS);
                record.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.atWarn().addKeyValue("error", Failures.describe(e)).log("Could not record the last deliveries");
        }
    }

    private void look() throws TimeoutException {
        if (!lookPace.begin()) {
            return;
        }
        List<DueLine> due = store.dueLines();
        lookPace.end();
        lines.look(due.stream().filter(DueLine::live).map(DueLine::line).toList());
        for (DueLine line : due) {
            UUID endpoint = line.line().endpointId();
            if (!line.live() && endpoint != null) {
                meters.dropped(store.drop(endpoint));
            }
        }
        meters.overdue(overdue(due, false), overdue(due, true));
    }

    private Duration overdue(List<DueLine> due, boolean failing) {
        return due.stream()
                .filter(line -> lines.isFailing(line.line()) == failing)
                .map(DueLine::overdue)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Each kind by itself: what was taken of one begins, whatever the statement for the other meets. */
    private int beginByKind(List<Ask> asks) throws TimeoutException {
        Map<Boolean, List<Ask>> ofEndpoints = asks.stream()
                .collect(Collectors.partitioningBy(ask -> ask.line().endpointId() != null));
        int begun = 0;
        for (List<Ask> ofKind : ofEndpoints.values()) {
            begun += ofKind.isEmpty() ? 0 : begin(ofKind);
        }
        return begun;
    }

    private int begin(List<Ask> asks) throws TimeoutException {
        List<Delivery> taken = store.take(asks, lease);
        Map<Line, Integer> byLine = new HashMap<>();
        taken.forEach(delivery -> byLine.merge(delivery.line(), 1, Integer::sum));
        lines.took(asks, byLine);
        places.use(taken.size());
        Map<Long, TwilioCredential> credentials = credentials(taken);
        taken.forEach(delivery -> Thread.ofVirtual().start(() -> deliver(delivery, credentials)));
        return taken.size();
    }

    private Map<Long, TwilioCredential> credentials(List<Delivery> taken) {
        try {
            return twilio.of(taken.stream()
                    .map(Delivery::line)
                    .filter(line -> line.endpointId() == null)
                    .map(Line::accountId)
                    .collect(Collectors.toSet()));
        } catch (Exception e) {
            // What is taken ends all the same, and is tried again a little later.
            log.atWarn().addKeyValue("error", Failures.describe(e)).log("Could not read credentials");
            return Map.of();
        }
    }

    private void deliver(Delivery delivery, Map<Long, TwilioCredential> credentials) {
        Try ended = tryDelivery.of(delivery, credentials);
        if (ended instanceof Try.Made made) {
            lines.ended(delivery.line(), made.posted().arrived(), made.took());
        } else {
            lines.ended(delivery.line(), true, Duration.ZERO);
        }
        record.ended(ended);
        places.signal();
    }
}
