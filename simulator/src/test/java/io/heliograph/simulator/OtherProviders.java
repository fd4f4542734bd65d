package io.heliograph.simulator;

import io.heliograph.contract.SimulatorAccount;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Calls Plivo, Fast2SMS and Textlocal at the simulator, as their customers do. */
final class OtherProviders {
    static final String PLIVO_CREDENTIALS =
            RunningSimulator.basic(SimulatorAccount.PLIVO_AUTH_ID + ':' + SimulatorAccount.PLIVO_AUTH_TOKEN);
    static final String PLIVO_MESSAGES = "/v1/Account/" + SimulatorAccount.PLIVO_AUTH_ID + "/Message/";

    static final String FORM = "application/x-www-form-urlencoded";

    private static final Duration SOON = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final RunningSimulator running;

    OtherProviders(RunningSimulator running) {
        this.running = running;
    }

    /** The usual text to these recipients, callbacks to the customer. */
    HttpResponse<String> plivo(String recipients) {
        return plivo(plivoMessage(recipients));
    }

    HttpResponse<String> plivo(JsonObject message) {
        return plivoLater(message).join();
    }

    CompletableFuture<HttpResponse<String>> plivoLater(JsonObject message) {
        return later("POST", PLIVO_MESSAGES, "application/json", message.encode(), PLIVO_CREDENTIALS);
    }

    JsonObject plivoMessage(String recipients) {
        return new JsonObject()
                .put("src", "14155550100")
                .put("dst", recipients)
                .put("text", "Your table is ready")
                .put("url", running.customer().url("/plivo?c=call-1"));
    }

    /** By POST with JSON. */
    HttpResponse<String> fast2sms(JsonObject message) {
        return fast2smsLater(message).join();
    }

    CompletableFuture<HttpResponse<String>> fast2smsLater(JsonObject message) {
        return later("POST", "/dev/bulkV2", "application/json", message.encode(), SimulatorAccount.FAST2SMS_KEY);
    }

    static JsonObject fast2smsMessage(String numbers) {
        return new JsonObject()
                .put("route", "q")
                .put("message", "Your table is ready")
                .put("numbers", numbers)
                .put("udf1", "call-1");
    }

    HttpResponse<String> textlocal(String numbers) {
        return textlocalLater(textlocalForm(numbers)).join();
    }

    CompletableFuture<HttpResponse<String>> textlocalLater(String form) {
        return later("POST", "/send/", FORM, form, "");
    }

    String textlocalForm(String numbers) {
        return RunningSimulator.form(
                "apikey",
                SimulatorAccount.TEXTLOCAL_KEY,
                "sender",
                "Helio",
                "numbers",
                numbers,
                "message",
                "Your table is ready",
                "custom",
                "call-1",
                "receipt_url",
                running.customer().url("/textlocal/secret-1"));
    }

    static String plivoUuid(HttpResponse<String> response) {
        return new JsonObject(response.body()).getJsonArray("message_uuid").getString(0);
    }

    JsonObject get(String path, String authorization) {
        return new JsonObject(
                later("GET", path, "text/plain", "", authorization).join().body());
    }

    CompletableFuture<HttpResponse<String>> later(
            String method, String path, String type, String body, String authorization) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(running.simulator().url() + path))
                .timeout(SOON)
                .header("Content-Type", type)
                .header("Authorization", authorization)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }
}
