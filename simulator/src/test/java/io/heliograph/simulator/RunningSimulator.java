package io.heliograph.simulator;

import com.twilio.http.TwilioRestClient;
import io.heliograph.contract.SimulatorAccount;
import io.heliograph.simulator.ledger.LedgerSummary;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A simulator for a test class, fresh for each test, with a customer's server and three ways to talk to it. */
final class RunningSimulator implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    static final String TO = "+15005550010";
    static final String FROM = SimulatorAccount.PHONE_NUMBER;
    static final String MESSAGES = "/2010-04-01/Accounts/" + SimulatorAccount.ACCOUNT_SID + "/Messages.json";

    /** Only a bound: on a busy machine everything takes longer, and nothing becomes wrong by that. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String CREDENTIALS = basic(SimulatorAccount.ACCOUNT_SID + ':' + SimulatorAccount.AUTH_TOKEN);

    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Vertx vertx;
    private @Nullable Simulator simulator;
    private @Nullable SimulatorControl control;
    private @Nullable CallbackCatcher customer;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        vertx = Vertx.vertx();
        simulator = Simulator.start(vertx, SimulatorConfig.onFreePort()).await(20, TimeUnit.SECONDS);
        control = new SimulatorControl(simulator.url());
        customer = new CallbackCatcher(vertx);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        control().reset();
        customer().reset();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        control().close();
        http.close();
        if (vertx != null) {
            vertx.close().await(20, TimeUnit.SECONDS);
        }
    }

    static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    Simulator simulator() {
        return present(simulator);
    }

    SimulatorControl control() {
        return present(control);
    }

    CallbackCatcher customer() {
        return present(customer);
    }

    TwilioRestClient twilio() {
        return TwilioClient.of(simulator());
    }

    /** Callbacks at once, and one rule. */
    void script(String rule) {
        control()
                .script(new JsonObject("{\"rules\": [" + rule + (rule.isEmpty() ? "" : ",")
                        + "{\"callbacks\": {\"delay\": {\"fixed_ms\": 0}}}]}"));
    }

    LedgerSummary awaitQuiet(long accepted) {
        return control().awaitQuiet(SOON, accepted);
    }

    /** A create to the usual recipient whose callbacks go to the customer and name the message. */
    CompletableFuture<HttpResponse<String>> createLater(String identity) {
        return createLater(TO, customer().url("/status?m=" + identity));
    }

    CompletableFuture<HttpResponse<String>> createLater(String to, String statusCallback) {
        String form = form("To", to, "From", FROM, "Body", "Your table is ready", "StatusCallback", statusCallback);
        return http.sendAsync(request("POST", MESSAGES, form, CREDENTIALS), BodyHandlers.ofString());
    }

    HttpResponse<String> create(String... namesAndValues) throws Exception {
        return send("POST", MESSAGES, form(namesAndValues));
    }

    HttpResponse<String> send(String method, String path, String form) throws IOException, InterruptedException {
        return send(method, path, form, CREDENTIALS);
    }

    HttpResponse<String> send(String method, String path, String form, @Nullable String authorization)
            throws IOException, InterruptedException {
        return http.send(request(method, path, form, authorization), BodyHandlers.ofString());
    }

    static String form(String... namesAndValues) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append(i == 0 ? "" : "&").append(namesAndValues[i]).append('=');
            form.append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    private HttpRequest request(String method, String path, String form, @Nullable String authorization) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(
                        URI.create(simulator().url() + path))
                .timeout(SOON)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(form));
        if (authorization != null) {
            builder.header("Authorization", authorization);
        }
        return builder.build();
    }

    private static <T> T present(@Nullable T thing) {
        if (thing == null) {
            throw new IllegalStateException("The simulator has not been started");
        }
        return thing;
    }
}
