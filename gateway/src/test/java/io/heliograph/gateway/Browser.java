package io.heliograph.gateway;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Chromium without a window, and without JavaScript, as WebDriver has it: a protocol of a few requests of JSON. {@code ./heliograph
 * test} installs it where it is missing. In CI a test without it fails; elsewhere it is left out.
 */
final class Browser implements AutoCloseable {
    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final int LINES_MAX = 20;
    private static final int WAIT_MS_MAX = 10_000;
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final String driverUrl;
    private final Path profile;
    private final String session;

    Browser() {
        try {
            driver = start();
            driverUrl = "http://localhost:" + port(driver.inputReader());
            profile = Files.createTempDirectory("heliograph-browser");
            session = ((JsonObject) value("POST", "/session", capabilities())).getString("sessionId");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start() throws IOException {
        try {
            return new ProcessBuilder("chromedriver", "--port=0")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            Assumptions.assumeTrue(
                    "true".equals(System.getenv("CI")), "Chromium is missing: ./heliograph test installs it");
            throw e;
        }
    }

    private static String port(BufferedReader output) throws IOException {
        for (int i = 0; i < LINES_MAX; i++) {
            String line = output.readLine();
            Matcher started = STARTED.matcher(line == null ? "" : line);
            if (started.find()) {
                return started.group(1);
            }
        }
        throw new IllegalStateException("chromedriver says no port");
    }

    private JsonObject capabilities() {
        JsonObject options = new JsonObject()
                .put(
                        "args",
                        new JsonArray(List.of(
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--user-data-dir=" + profile)))
                .put("prefs", new JsonObject(Map.of("profile.managed_default_content_settings.javascript", 2)));
        return new JsonObject()
                .put(
                        "capabilities",
                        new JsonObject()
                                .put(
                                        "alwaysMatch",
                                        new JsonObject()
                                                .put("goog:chromeOptions", options)
                                                // A page that follows a click may come a little later than its answer.
                                                .put("timeouts", new JsonObject().put("implicit", WAIT_MS_MAX))));
    }

    /** Waits until the page is there. */
    void open(String url) {
        Object _ = call("POST", path("/url"), new JsonObject().put("url", url));
    }

    String title() {
        return (String) value("GET", path("/title"), null);
    }

    String text(String css) {
        return (String) value("GET", path("/element/" + element(css) + "/text"), null);
    }

    boolean isSelected(String css) {
        return (boolean) value("GET", path("/element/" + element(css) + "/selected"), null);
    }

    /** What the browser tells those who cannot see it. */
    String accessibleName(String css) {
        return (String) value("GET", path("/element/" + element(css) + "/computedlabel"), null);
    }

    String style(String css, String property) {
        return (String) value("GET", path("/element/" + element(css) + "/css/" + property), null);
    }

    /** As a person does; waits for the page that follows. */
    void click(String css) {
        Object _ = call("POST", path("/element/" + element(css) + "/click"), new JsonObject());
    }

    private String element(String css) {
        JsonObject by = new JsonObject().put("using", "css selector").put("value", css);
        return ((JsonObject) value("POST", path("/element"), by)).getString(ELEMENT);
    }

    private String path(String path) {
        return "/session/" + session + path;
    }

    private Object value(String method, String path, @Nullable JsonObject body) {
        return Objects.requireNonNull(call(method, path, body), path);
    }

    private @Nullable Object call(String method, String path, @Nullable JsonObject body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(driverUrl + path))
                .timeout(ANSWER_MAX)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()))
                .build();
        try {
            JsonObject answer =
                    new JsonObject(http.send(request, BodyHandlers.ofString()).body());
            if (answer.getValue("value") instanceof JsonObject value && value.containsKey("error")) {
                throw new IllegalStateException(value.getString("error") + ": " + value.getString("message"));
            }
            return answer.getValue("value");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        Object _ = call("DELETE", path(""), null);
        driver.destroy();
        boolean _ = driver.waitFor(10, TimeUnit.SECONDS);
        http.close();
        try (var files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
