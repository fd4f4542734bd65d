package io.heliograph.bench.scenario;

import io.heliograph.bench.report.Asked;
import io.heliograph.bench.report.Figure;
import io.heliograph.bench.rig.Database;
import io.heliograph.bench.rig.Program;
import io.heliograph.bench.rig.Rig;
import io.heliograph.bench.rig.RunningProgram;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A million users in a file, each with a line of their own: how fast they are taken in, how fast their messages are written, durable and with
 * their promises, and what one gateway needs for that. A short run has fewer.
 */
public final class Campaigns implements Scenario {
    private static final String NAME = "campaign";
    private static final double TIMES_Y = 5;
    private static final double MEGABYTES_MAX = 1_024;
    private static final int PERSONS = 1_000_000;
    private static final int PERSONS_OF_SHORT_RUN = 200_000;
    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final int LINES_AT_ONCE = 1_000;
    private static final Duration EXPANSION_MAX = Duration.ofMinutes(10);
    private static final long POLL_NANOS = 100_000_000;

    // They agreed to be asked by SMS.
    private static final String PREFERENCES = """
        INSERT INTO preference (account_id, user_id, category, channel, enabled, changed_at)
        SELECT account_id, id, 'feedback', 'sms', true, now() FROM app_user WHERE id LIKE 'c%'
        ON CONFLICT DO NOTHING""";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean usesBroker() {
        return false;
    }

    @Override
    public List<Figure> run(Setting setting) throws IOException, SQLException {
        int persons = setting.duration().compareTo(SHORT) < 0 ? PERSONS_OF_SHORT_RUN : PERSONS;
        Database database = setting.rig().database();
        setting.rig().reset();
        setting.progress().accept(NAME + ": making " + persons + " users");
        for (String statement :
                List.of(users(persons), PREFERENCES, "VACUUM ANALYZE app_user, preference", "CHECKPOINT")) {
            database.execute(statement);
        }
        RunningProgram gateway = setting.rig().program(Program.GATEWAY, NAME + "-gateway", Map.of());
        try (gateway) {
            gateway.start();
            gateway.awaitReady();
            setting.progress().accept(NAME + ": warming up");
            Run _ = run(setting, gateway, persons / 10);
            Run run = run(setting, gateway, persons);
            List<Figure> figures = new ArrayList<>();
            figures.add(Figure.of(
                            NAME,
                            "rows of an audience taken in",
                            persons / run.uploadSeconds(),
                            "rows/s",
                            new Asked.Nothing())
                    .with("seconds", run.uploadSeconds()));
            figures.add(Figure.of(
                            NAME,
                            "messages written",
                            persons / run.expansionSeconds(),
                            "msg/s",
                            new Asked.TimesY(TIMES_Y))
                    .with("seconds", run.expansionSeconds())
                    .with("gateway_cpu_seconds", run.processorSeconds()));
            figures.addAll(Heaps.figures(NAME, gateway));
            figures.add(Figure.of(
                    NAME,
                    "memory of gateway, most",
                    residentMegabytesMax(gateway.process().pid()),
                    "MiB",
                    new Asked.AtMost(MEGABYTES_MAX)));
            return figures;
        } finally {
            setting.rig().reset();
            database.execute("DELETE FROM preference WHERE user_id LIKE 'c%'; DELETE FROM app_user WHERE id LIKE 'c%'");
        }
    }

    private record Run(double uploadSeconds, double expansionSeconds, double processorSeconds) {}

    private Run run(Setting setting, RunningProgram gateway, int persons) throws IOException, SQLException {
        setting.rig().reset();
        JsonObject campaign = send(
                gateway,
                request("")
                        .POST(BodyPublishers.ofString(new JsonObject()
                                .put("name", "bench")
                                .put("type", "feedback_request")
                                .put("channel", "sms")
                                .encode())));
        String path = "/" + campaign.getString("id");
        setting.progress().accept(NAME + ": uploading " + persons + " rows");
        long begun = System.nanoTime();
        JsonObject audience = send(
                gateway,
                request(path + "/audience")
                        .header("Content-Type", "text/csv")
                        .PUT(BodyPublishers.ofByteArrays(() -> file(persons).iterator())));
        double uploadSeconds = secondsSince(begun);
        require(audience.getInteger("persons") == persons, audience);
        setting.rig().database().execute("VACUUM ANALYZE campaign_recipient");
        setting.rig().database().execute("CHECKPOINT");
        setting.progress().accept(NAME + ": writing " + persons + " messages");
        Duration used = gateway.process().processorTime();
        long launched = System.nanoTime();
        JsonObject _ = send(gateway, request(path + "/launch").POST(BodyPublishers.noBody()));
        JsonObject progress = awaitWritten(gateway, path);
        double expansionSeconds = secondsSince(launched);
        double processorSeconds = gateway.process().processorTime().minus(used).toMillis() / 1e3;
        long stored =
                setting.rig().database().number("SELECT count(*) FROM message m JOIN outbox o ON o.message_id = m.id");
        require(
                stored == persons && progress.getJsonObject("accepted").getInteger("total") == persons,
                progress.put("stored", stored));
        return new Run(uploadSeconds, expansionSeconds, processorSeconds);
    }

    private JsonObject awaitWritten(RunningProgram gateway, String path) throws IOException {
        long deadline = System.nanoTime() + EXPANSION_MAX.toNanos();
        while (System.nanoTime() < deadline) {
            JsonObject progress = send(gateway, request(path).GET()).getJsonObject("progress");
            if (progress.getInteger("pending") == 0) {
                return progress;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new IOException("The campaign does not come to its end");
    }

    /** Made as it is sent. */
    private static Stream<byte[]> file(int persons) {
        return Stream.concat(
                        Stream.of("user,order_id,url\n"),
                        IntStream.iterate(1, n -> n <= persons, n -> n + LINES_AT_ONCE)
                                .mapToObj(first -> lines(first, Math.min(persons, first + LINES_AT_ONCE - 1))))
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private static String lines(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(n -> "c" + n + ",A" + n + ",https://example.com/r/" + n + "\n")
                .collect(Collectors.joining());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://placeholder/v1/campaigns" + path))
                .header("Authorization", "Bearer " + Rig.API_KEY)
                .timeout(EXPANSION_MAX);
    }

    private JsonObject send(RunningProgram gateway, HttpRequest.Builder builder) throws IOException {
        HttpRequest request = builder.build();
        URI uri = URI.create(gateway.endpoints().url() + request.uri().getPath());
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(request, (name, value) -> true)
                            .uri(uri)
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IOException(uri.getPath() + " answered " + answer.statusCode() + " " + answer.body());
            }
            return new JsonObject(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void require(boolean isRight, JsonObject found) throws IOException {
        if (!isRight) {
            throw new IOException("That does not add up: " + found);
        }
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    /** All of it, as Linux counts it. */
    private static double residentMegabytesMax(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024.0)
                .findFirst()
                .orElse(0);
    }

    private static String users(int persons) {
        return """
        INSERT INTO app_user (account_id, id, phone, created_at, updated_at)
        SELECT a.id, 'c' || n, '+1415' || 2000000 + n, now(), now()
        FROM account a, generate_series(1, %d) AS n WHERE a.name = 'default'
        ON CONFLICT DO NOTHING""".formatted(persons);
    }
}
