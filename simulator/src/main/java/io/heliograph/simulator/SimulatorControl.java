package io.heliograph.simulator;

import io.heliograph.simulator.ledger.LedgerSummary;
import io.heliograph.simulator.ledger.Provider;
import io.heliograph.simulator.ledger.Rates;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The control API for tests and benchmarks, in this JVM or another. Each call blocks: not for event loops. */
public final class SimulatorControl implements AutoCloseable {
    /** Messages to one recipient, or one message: how many came, how many were accepted, and the newest in full. */
    public record Posts(int received, int accepted, JsonArray posts) {}

    private static final Duration CALL_MAX = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 5;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    /** The base is {@link Simulator#url}. */
    public SimulatorControl(String base) {
        this.base = URI.create(base);
    }

    /** Forgets everything: ledger, messages, script, opt-outs; what is under way stops. */
    public void reset() {
        JsonObject _ = call("POST", "/control/reset", "");
    }

    /** Replaces the script. Throws {@link IllegalArgumentException} with every mistake in it. */
    public void script(JsonObject script) {
        JsonObject _ = call("POST", "/control/script", script.encode());
    }

    /** Back to normal. */
    public void clearScript() {
        JsonObject _ = call("DELETE", "/control/script", "");
    }

    public LedgerSummary summary() {
        return LedgerSummary.fromJson(call("GET", "/control/ledger/summary", ""));
    }

    /** Totals, recipients and messages, and those with more than one accepted POST. */
    public JsonObject ledger() {
        return call("GET", "/control/ledger", "");
    }

    /** How fast messages arrived at each provider that was called and, after it, from each of its senders. */
    public List<Rates> rates() {
        return Rates.fromJson(call("GET", "/control/ledger/rates", "").getJsonArray("rates"));
    }

    /** How fast messages arrived at a provider. */
    public Rates rate(Provider provider) {
        return rates().stream()
                .filter(line -> line.provider().equals(provider.word()) && line.sender() == null)
                .findFirst()
                .orElse(Rates.none(provider));
    }

    /** When the newest messages came to a provider, as milliseconds since 1970, the oldest first. */
    public long[] arrivals(Provider provider, int limit) {
        JsonArray arrivals = call("GET", "/control/ledger/arrivals?limit=" + limit + "&provider=" + provider.word(), "")
                .getJsonArray("arrivals_ms");
        return arrivals.stream().mapToLong(at -> ((Number) at).longValue()).toArray();
    }

    /** Sets up where Fast2SMS sends its reports, as its dashboard does. */
    public void fast2smsWebhook(JsonObject webhook) {
        JsonObject _ = call("POST", "/control/fast2sms-webhook", webhook.encode());
    }

    public Posts toRecipient(String to) {
        return posts("/control/ledger?to=" + encode(to));
    }

    /** The identity is the {@code m} of the status callback's URL. */
    public Posts ofMessage(String identity) {
        return posts("/control/ledger?m=" + encode(identity));
    }

    /** What was sent to a recipient, the newest first, as Twilio renders it. */
    public JsonArray messages(String to) {
        return call("GET", "/control/messages?to=" + encode(to), "").getJsonArray("messages");
    }

    /** Where inbound messages go that name no URL; null when they have to name one. */
    public @Nullable String inboundUrl() {
        return call("GET", "/control/inbound", "").getString("default_url");
    }

    /** Sends an inbound message to a webhook and answers what came back. */
    public JsonObject inbound(JsonObject message) {
        return call("POST", "/control/inbound", message.encode());
    }

    /** A browser that subscribes here, as its {@code PushSubscription.toJSON()} gives it; what is pushed to it stands in the ledger as it reads it. */
    public JsonObject pushSubscription() {
        return call("POST", "/control/push-subscriptions", "");
    }

    /** From now on, what this sender sends to this person is refused with 21610. */
    public void optOut(String person, String sender) {
        JsonObject body = new JsonObject().put("person", person).put("sender", sender);
        JsonObject _ = call("POST", "/control/opt-outs", body.encode());
    }

    /** Waits until the summary is as wanted; throws {@link IllegalStateException} with the last one after the time. */
    public LedgerSummary await(Duration max, Predicate<LedgerSummary> wanted) {
        long deadline = System.nanoTime() + max.toNanos();
        LedgerSummary summary = summary();
        while (!wanted.test(summary)) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("Not in time: " + summary);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
            summary = summary();
        }
        return summary;
    }

    /** Waits until so many POSTs were accepted and every callback that they cause has ended. */
    public LedgerSummary awaitQuiet(Duration max, long accepted) {
        return await(max, now -> now.accepted() >= accepted && now.underWay() == 0);
    }

    @Override
    public void close() {
        client.close();
    }

    private Posts posts(String path) {
        JsonObject json = call("GET", path, "");
        return new Posts(json.getInteger("received"), json.getInteger("accepted"), json.getJsonArray("posts"));
    }

    private JsonObject call(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(CALL_MAX)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalArgumentException(method + ' ' + path + ": " + response.body());
            }
            return response.body().isEmpty() ? new JsonObject() : new JsonObject(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
