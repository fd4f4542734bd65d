package io.heliograph.journeys;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Customers who send one message after another, each with a key of its own, and who repeat a request with the same key
 * until it is accepted, as they should. They leave the machine room for whatever they are sent to, and send a hundred in a second.
 */
final class Load implements AutoCloseable {
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);
    private static final long PAUSE_NANOS = 20_000_000;
    private static final long PACE_NANOS = 10_000_000;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final AtomicInteger troubles = new AtomicInteger();
    private final Api api;
    private final List<Future<?>> customers;
    private volatile boolean over;

    private Load(Api api, int customers) {
        this.api = api;
        this.customers = IntStream.range(0, customers)
                .<Future<?>>mapToObj(i -> threads.submit(this::sendOneAfterAnother))
                .toList();
    }

    static Load start(Api api, int customers) {
        return new Load(api, customers);
    }

    /** The ids that a 202 has named so far. */
    List<String> accepted() {
        return List.copyOf(accepted);
    }

    /** Waits until that many more were accepted. */
    void awaitAccepted(int more) {
        int wanted = accepted.size() + more;
        Awaitility.await(more + " more accepted").atMost(WAIT_MAX).until(() -> accepted.size() >= wanted);
    }

    /** Waits until a request has failed since now, so that whatever was broken has been felt. */
    void awaitTrouble() {
        int before = troubles.get();
        Awaitility.await("a request that fails").atMost(WAIT_MAX).until(() -> troubles.get() > before);
    }

    /** Lets each customer's last message be accepted, and ends. Throws when a request was refused for good. */
    @Override
    public void close() throws Exception {
        over = true;
        for (Future<?> customer : customers) {
            Object _ = customer.get(WAIT_MAX.toSeconds(), TimeUnit.SECONDS);
        }
        threads.close();
        if (!refused.isEmpty()) {
            throw new IllegalStateException("Refused: " + refused.peek());
        }
    }

    private void sendOneAfterAnother() {
        while (!over) {
            send(
                    UUID.randomUUID().toString(),
                    new JsonObject().put("to", Numbers.next()).put("text", House.TEXT));
            LockSupport.parkNanos(PACE_NANOS);
        }
    }

    private void send(String key, JsonObject message) {
        while (true) {
            try {
                HttpResponse<String> response = api.call(api.request("/v1/messages")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(message.encode())));
                if (response.statusCode() == 202) {
                    accepted.add(new JsonObject(response.body()).getString("id"));
                    return;
                }
                if (response.statusCode() != 503) {
                    refused.add(response.statusCode() + " " + response.body());
                    return;
                }
            } catch (IOException _) {
                // Nobody knows whether it was stored: the key makes it safe to ask again.
            }
            int _ = troubles.incrementAndGet();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
