package io.heliograph.torture.load;

import io.heliograph.bench.rig.Rig;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Posts messages, each with a key of its own, and repeats whatever was not answered with 202 until it is: after a 503, a
 * timeout, a connection that broke. Some it repeats although they were, which must get the same answer.
 */
public final class TortureClient {
    private static final int AT_ONCE = 24;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(4);
    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(3);
    private static final int REPEAT_EVERY = 20;
    private static final int RESEND_EVERY = 10;
    private static final List<String> LANES = List.of("normal", "critical", "normal", "bulk");
    private static final int OK = 202;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final URI messages;
    private final AcceptedBook book = new AcceptedBook();
    private final AtomicLong next = new AtomicLong();
    private final LongAdder repeats = new LongAdder();

    public TortureClient(int port) {
        this.messages = URI.create("http://127.0.0.1:" + port + "/v1/messages");
    }

    /** Returns when the time is over and everything was answered, or given up on. */
    public void run(Duration duration, int perSecond) {
        long start = System.nanoTime();
        long intervalNanos = 1_000_000_000L / perSecond;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, AT_ONCE)
                    .forEach(i -> executor.execute(() -> {
                        long number = next.getAndIncrement();
                        while (number * intervalNanos < duration.toNanos()) {
                            sleep(start + number * intervalNanos - System.nanoTime());
                            post(number);
                            number = next.getAndIncrement();
                        }
                    }));
        }
    }

    public AcceptedBook book() {
        return book;
    }

    /** References that were posted, whether they were answered or not. */
    public List<String> posted() {
        // Each of the posting threads drew one number too many.
        return IntStream.range(0, (int) Math.max(0, next.get() - AT_ONCE))
                .mapToObj(TortureClient::reference)
                .toList();
    }

    /** Requests that had to be repeated. */
    public long repeats() {
        return repeats.sum();
    }

    private void post(long number) {
        long deadline = System.nanoTime() + GIVE_UP_AFTER.toNanos();
        for (long pauseMillis = 50; System.nanoTime() < deadline; pauseMillis = Math.min(pauseMillis * 2, 1_000)) {
            HttpResponse<String> response = postOnce(number);
            if (response != null && response.statusCode() == OK) {
                book.accepted(reference(number), new JsonObject(response.body()).getString("id"));
                break;
            }
            repeats.increment();
            sleep(pauseMillis * 1_000_000);
        }
        if (number % REPEAT_EVERY == 0) {
            repeat(number);
        }
    }

    /** No answer, or "not now", says nothing; any other contradicts the first. */
    private void repeat(long number) {
        HttpResponse<String> response = postOnce(number);
        if (response != null && response.statusCode() == OK) {
            book.accepted(reference(number), new JsonObject(response.body()).getString("id"));
        } else if (response != null && response.statusCode() < 500) {
            book.contradicted(reference(number), response.statusCode());
        }
    }

    private @Nullable HttpResponse<String> postOnce(long number) {
        HttpRequest request = HttpRequest.newBuilder(messages)
                .timeout(ANSWER_MAX)
                .header("Authorization", "Bearer " + Rig.API_KEY)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", reference(number))
                .POST(BodyPublishers.ofString(body(number).encode()))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static JsonObject body(long number) {
        return new JsonObject()
                .put("to", "+1415" + (2_000_000 + number))
                .put("text", "Message number " + number)
                .put("reference", reference(number))
                .put("lane", LANES.get((int) (number % LANES.size())))
                .put("on_unknown", number % RESEND_EVERY == 0 ? "resend" : "fail");
    }

    private static String reference(long number) {
        return "torture-" + number;
    }

    private static void sleep(long nanos) {
        try {
            Thread.sleep(Math.max(0, nanos / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
