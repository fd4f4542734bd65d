package io.heliograph.bench.scenario;

import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import io.heliograph.bench.rig.Database;
import io.heliograph.bench.rig.Rig;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Ten thousand donors who match: how long it takes until all of them are asked, in one transaction, and how soon after its commit the first
 * alert is at the provider. Some matches one after the other, of which the slowest counts, after some that warm the processes up.
 */
public final class Sos implements Scenario {
    private static final String NAME = "sos";
    private static final int DONORS = 10_000;
    private static final int WARM_UPS = 3;
    private static final int MATCHES = 5;
    private static final double MATCH_SECONDS_MAX = 2;
    private static final double FIRST_ALERT_MILLIS_MAX = 250;
    private static final Duration DRAIN_MAX = Duration.ofMinutes(2);
    private static final Duration MATCH_MAX = Duration.ofSeconds(30);

    private static final String USERS = """
        INSERT INTO app_user (account_id, id, phone, email, created_at, updated_at)
        SELECT a.id, 's' || n, '+1415' || 3000000 + n, 's' || n || '@example.com', now(), now()
        FROM account a, generate_series(0, %d) AS n WHERE a.name = 'default'
        ON CONFLICT DO NOTHING""".formatted(DONORS);

    private static final String DONATE = """
        INSERT INTO donor (account_id, user_id, blood_group, city, city_key, available)
        SELECT account_id, id, (ARRAY['O-', 'O+', 'A-', 'A+'])[1 + substr(id, 2)::int % 4], 'Mumbai', 'mumbai', true
        FROM app_user WHERE id LIKE 's%' AND id <> 's0'
        ON CONFLICT DO NOTHING""";

    private static final String AGREE = """
        INSERT INTO preference (account_id, user_id, category, channel, enabled, changed_at)
        SELECT account_id, user_id, 'blood_donation', 'sms', true, now() FROM donor
        ON CONFLICT DO NOTHING""";

    private static final String FIRST_ALERT = """
        SELECT extract(epoch FROM min(a.started_at)) * 1000 FROM attempt a
        JOIN message m ON m.id = a.message_id WHERE m.notification_type = 'sos_alert'""";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** One match: until its answer, and from when its messages could be seen until the first was at the provider. */
    private record Run(double seconds, double firstAlertMillis) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean usesBroker() {
        return true;
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        Database database = setting.rig().database();
        setting.rig().reset();
        database.forgetProviders();
        setting.progress().accept(NAME + ": making " + DONORS + " donors");
        for (String statement : List.of(USERS, DONATE, AGREE, "VACUUM ANALYZE app_user, donor, preference")) {
            database.execute(statement);
        }
        try (Pipeline pipeline = Pipeline.toNowhere(setting.rig(), NAME)) {
            pipeline.start();
            List<Run> runs = new ArrayList<>();
            for (int i = 0; i < WARM_UPS + MATCHES; i++) {
                Run run = match(setting, pipeline);
                setting.progress()
                        .accept("%s: match %d of %d took %.2f s"
                                .formatted(NAME, i + 1, WARM_UPS + MATCHES, run.seconds()));
                if (i >= WARM_UPS) {
                    runs.add(run);
                }
            }
            return figures(runs);
        } finally {
            setting.rig().reset();
            database.execute(
                    "TRUNCATE sos_request, sos_response, donor; DELETE FROM preference WHERE user_id LIKE 's%';"
                            + " DELETE FROM app_user WHERE id LIKE 's%'");
        }
    }

    private static List<Figure> figures(List<Run> runs) {
        double[] seconds = runs.stream().mapToDouble(Run::seconds).sorted().toArray();
        double[] millis =
                runs.stream().mapToDouble(Run::firstAlertMillis).sorted().toArray();
        return List.of(
                Figure.of(
                                NAME,
                                DONORS + " donors matched and queued, slowest",
                                seconds[seconds.length - 1],
                                "s",
                                new Asked.AtMost(MATCH_SECONDS_MAX))
                        .with("median_s", seconds[seconds.length / 2])
                        .with("fastest_s", seconds[0]),
                Figure.of(
                                NAME,
                                "commit to the first alert at the provider, slowest",
                                millis[millis.length - 1],
                                "ms",
                                new Asked.AtMost(FIRST_ALERT_MILLIS_MAX))
                        .with("median_ms", millis[millis.length / 2])
                        .with("mean_ms", Arrays.stream(millis).average().orElse(0)));
    }

    private Run match(Setting setting, Pipeline pipeline) throws IOException, SQLException {
        Database database = setting.rig().database();
        database.execute("TRUNCATE sos_request, sos_response");
        database.reset();
        JsonObject request = post(
                pipeline,
                "",
                new JsonObject()
                        .put("patient", "s0")
                        .put("blood_group", "A+")
                        .put("units", 100)
                        .put("city", "Mumbai")
                        .put("priority", "critical"));
        CompletableFuture<Instant> committed = CompletableFuture.supplyAsync(() -> awaitCommit(database));
        long begun = System.nanoTime();
        JsonObject matched = post(pipeline, "/" + request.getString("id") + "/match", new JsonObject());
        double seconds = (System.nanoTime() - begun) / 1e9;
        long stored = database.number(
                "SELECT count(*) FROM sos_response r JOIN message m ON m.id = r.message_id WHERE m.lane = 'critical'");
        if (matched.getInteger("alerted") != DONORS || stored != DONORS) {
            throw new IOException("That does not add up: " + matched.getInteger("alerted") + ", " + stored);
        }
        Duration _ = pipeline.awaitEmptyOutbox(DRAIN_MAX);
        double firstAlert =
                Double.parseDouble(database.rows(FIRST_ALERT).getFirst().getFirst());
        return new Run(seconds, firstAlert - committed.join().toEpochMilli());
    }

    /** Nobody sees anything of a transaction before its commit: looked for by one connection, again and again. */
    private static Instant awaitCommit(Database database) {
        try {
            return database.awaitRow("SELECT 1 FROM sos_response LIMIT 1", MATCH_MAX);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonObject post(Pipeline pipeline, String path, JsonObject body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(pipeline.gateway().endpoints().url() + "/v1/sos/requests" + path))
                .header("Authorization", "Bearer " + Rig.API_KEY)
                .timeout(MATCH_MAX)
                .POST(BodyPublishers.ofString(body.encode()))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IOException(path + " answered " + answer.statusCode() + " " + answer.body());
            }
            return new JsonObject(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
