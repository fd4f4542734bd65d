package io.heliograph.gateway;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Environment;
import io.heliograph.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A gateway of its own on a database of its own, with what a test needs to call it and to look behind it. Registered as an
 * extension it runs for the tests of a class, and its tables are empty before each.
 */
final class RunningGateway implements BeforeEachCallback, AfterAllCallback, AutoCloseable {
    static final String API_KEY = "test-key-of-the-first-account";
    static final String PREVIOUS_TOKEN = "the-token-before";
    static final String CALLBACK_SECRET = "secret-of-the-callbacks";
    static final String ERASURE_KEY = "key-of-the-erased-persons";
    static final String PUBLIC_URL = "https://gateway.example.com";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final TestSql sql;
    private final Gateway gateway;
    private volatile boolean stopped;

    RunningGateway() {
        this(TestDatabase.fresh());
    }

    /** A second gateway, or one on a database that the test itself looks after. */
    RunningGateway(DatabaseUrl databaseUrl) {
        this(databaseUrl, Map.of());
    }

    /** With some settings of its own. */
    RunningGateway(DatabaseUrl databaseUrl, Map<String, String> differently) {
        this(databaseUrl, differently, Clock.systemUTC());
    }

    /** In another time. */
    RunningGateway(DatabaseUrl databaseUrl, Map<String, String> differently, Clock clock) {
        sql = new TestSql(databaseUrl);
        try {
            gateway = Gateway.start(vertx, config(databaseUrl, differently), clock)
                    .await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        // A few rows are deleted much faster than all partitions are truncated. In the order in which the gateway locks
        // them, which may be
        // winding up a request still.
        sql.execute(
                // Requests and campaigns first: nothing is written for them after that.
                "DELETE FROM sos_request; DELETE FROM sos_response; DELETE FROM campaign_chunk; DELETE FROM campaign; DELETE FROM campaign_audience; DELETE FROM campaign_recipient;"
                        + " DELETE FROM campaign_broken_row; DELETE FROM campaign_skip; DELETE FROM campaign_count;"
                        + " DELETE FROM appointment; DELETE FROM appointment_history; DELETE FROM appointment_notice;"
                        + " DELETE FROM appointment_reminder; DELETE FROM doctor; DELETE FROM clinic;"
                        + " DELETE FROM message; DELETE FROM outbox; DELETE FROM idempotency; DELETE FROM attempt;"
                        + " DELETE FROM callback; DELETE FROM suppression; DELETE FROM event; DELETE FROM webhook_endpoint; DELETE FROM webhook_delivery;"
                        + " DELETE FROM city_alias WHERE account_id > 0;"
                        + " DELETE FROM sos_area WHERE account_id > 0; DELETE FROM badge_rule WHERE account_id > 0;"
                        + " ALTER TABLE sos_reveal DISABLE TRIGGER USER; DELETE FROM sos_reveal; ALTER TABLE sos_reveal ENABLE TRIGGER USER;"
                        + " DELETE FROM webhook_try; DELETE FROM app_user; DELETE FROM push_subscription; DELETE FROM preference; DELETE FROM notification;"
                        + " DELETE FROM account_setting; DELETE FROM quiet_hours; DELETE FROM cap; DELETE FROM cap_count;"
                        + " DELETE FROM digest_window; DELETE FROM digest; DELETE FROM digest_item;"
                        + " DELETE FROM template_version; DELETE FROM notification_type;"
                        + " UPDATE catalog_version SET version = version + 1;"
                        + " DELETE FROM verification; DELETE FROM verification_count; DELETE FROM verification_alarm"
                        + "; DELETE FROM consent_state; DELETE FROM preference_link; DELETE FROM inbox_item; DELETE FROM inbox_token; DELETE FROM erasure; DELETE FROM erased_person;"
                        // Which nothing else may do.
                        + " ALTER TABLE consent DISABLE TRIGGER USER; DELETE FROM consent; ALTER TABLE consent ENABLE TRIGGER USER");
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        close();
    }

    static GatewayConfig config(DatabaseUrl databaseUrl) {
        return config(databaseUrl, Map.of());
    }

    static GatewayConfig config(DatabaseUrl databaseUrl, Map<String, String> differently) {
        Map<String, String> environment = new HashMap<>(Map.ofEntries(
                Map.entry("HELIOGRAPH_DATABASE_URL", databaseUrl.withPassword()),
                Map.entry("HELIOGRAPH_HTTP_PORT", "0"),
                Map.entry("HELIOGRAPH_ADMIN_PORT", "0"),
                Map.entry("HELIOGRAPH_PUBLIC_URL", PUBLIC_URL),
                Map.entry("HELIOGRAPH_API_KEY", API_KEY),
                Map.entry("HELIOGRAPH_ERASURE_KEY", ERASURE_KEY),
                Map.entry("TWILIO_AUTH_TOKEN", SimulatorAccount.AUTH_TOKEN),
                Map.entry("TWILIO_AUTH_TOKEN_PREVIOUS", PREVIOUS_TOKEN),
                Map.entry("PLIVO_AUTH_TOKEN", SimulatorAccount.PLIVO_AUTH_TOKEN),
                Map.entry("PLIVO_AUTH_TOKEN_PREVIOUS", PREVIOUS_TOKEN),
                Map.entry("HELIOGRAPH_CALLBACK_SECRET", CALLBACK_SECRET)));
        environment.putAll(differently);
        return GatewayConfig.read(new Environment(environment));
    }

    /** As JSON, with the first account's key unless the headers bring another. */
    HttpResponse<String> post(String path, String body, String... headers) {
        return send(
                request(path).POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json"), headers);
    }

    HttpResponse<String> post(String path, JsonObject body, String... headers) {
        return post(path, body.encode(), headers);
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path).GET(), headers);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + gateway.port() + path))
                .timeout(Duration.ofSeconds(30));
    }

    /** With the first account's key unless the headers bring another. */
    HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        HttpRequest.Builder authorized = request.setHeader("Authorization", "Bearer " + API_KEY);
        for (int i = 0; i < headers.length; i += 2) {
            authorized.setHeader(headers[i], headers[i + 1]);
        }
        return sendAsIs(authorized);
    }

    /** Every answer in every test must be one that the API's description foretells. */
    HttpResponse<String> sendAsIs(HttpRequest.Builder request) {
        HttpResponse<String> response = sendUnchecked(request);
        Description.get().check(response);
        return response;
    }

    private HttpResponse<String> sendUnchecked(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** One sample of the gateway's metrics, or 0 when there is none of that name with those labels. */
    double metric(String nameAndLabels) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(nameAndLabels + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElse(0);
    }

    String metrics() {
        return admin("/metrics").body();
    }

    HttpResponse<String> admin(String path) {
        return sendUnchecked(HttpRequest.newBuilder(URI.create("http://localhost:" + gateway.adminPort() + path)));
    }

    static JsonObject json(HttpResponse<String> response) {
        return new JsonObject(response.body());
    }

    TestSql sql() {
        return sql;
    }

    int port() {
        return gateway.port();
    }

    int adminPort() {
        return gateway.adminPort();
    }

    /** The process' own orderly end, which a test may begin while requests are under way. */
    void stop() throws Exception {
        stopped = true;
        gateway.stop().await(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        if (!stopped) {
            stop();
        }
        vertx.close().await(20, TimeUnit.SECONDS);
        http.close();
        sql.close();
    }
}
