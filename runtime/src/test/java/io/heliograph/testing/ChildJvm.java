package io.heliograph.testing;

import io.heliograph.runtime.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * One of our processes in a JVM of its own, so that a test may kill it as a power cut would, or freeze it. It runs on the
 * test's classpath, and what it says is kept in a file.
 */
public final class ChildJvm implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration STOP_MAX = Duration.ofSeconds(30);

    private final String name;
    private final Process process;
    private final Path output;
    private final int adminPort;

    private ChildJvm(String name, Process process, Path output, int adminPort) {
        this.name = name;
        this.process = process;
        this.output = output;
        this.adminPort = adminPort;
    }

    /** Starts the class with these environment variables and no other HELIOGRAPH ones, and an admin port of its own. */
    public static ChildJvm start(Class<?> main, Map<String, String> variables, String... arguments) {
        return start(ProcessBuilder.Redirect.PIPE, main, variables, arguments);
    }

    /** The same for what reads what is piped into it. */
    public static ChildJvm startReading(Path typed, Class<?> main, Map<String, String> variables, String... arguments) {
        return start(ProcessBuilder.Redirect.from(typed.toFile()), main, variables, arguments);
    }

    private static ChildJvm start(
            ProcessBuilder.Redirect in, Class<?> main, Map<String, String> variables, String... arguments) {
        try {
            Path output = Files.createTempFile("heliograph-" + main.getSimpleName(), ".log");
            int adminPort = FreePorts.next();
            ProcessBuilder builder = new ProcessBuilder(command(main, arguments))
                    .redirectInput(in)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            boolean _ = builder.environment().keySet().removeIf(name -> name.startsWith("HELIOGRAPH_"));
            builder.environment().putAll(variables);
            builder.environment().put("HELIOGRAPH_ADMIN_PORT", Integer.toString(adminPort));
            Process process = builder.start();
            // A test run that is aborted leaves nothing behind.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end child"));
            return new ChildJvm(main.getSimpleName(), process, output, adminPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Until its health check says that it can work. */
    public ChildJvm awaitReady() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            Awaitility.await(name + " is ready")
                    .atMost(START_MAX)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> isReady(client));
        }
        return this;
    }

    /** Until it has written this. */
    public ChildJvm awaitOutput(String text) {
        Awaitility.await(name + " says: " + text).atMost(START_MAX).until(() -> {
            requireAlive();
            return output().contains(text);
        });
        return this;
    }

    public int adminPort() {
        return adminPort;
    }

    /** As a power cut would. */
    public void killHard() {
        Process _ = process.destroyForcibly();
        awaitEnd(STOP_MAX);
    }

    /** It keeps its connections and does nothing. */
    public void freeze() {
        signal("-STOP");
    }

    public void thaw() {
        signal("-CONT");
    }

    /**
     * As Ctrl-C does, but by SIGTERM: tests that run in the background have SIGINT ignored, and so have their children.
     * Answers its exit status.
     */
    public int stop() {
        return stop(STOP_MAX);
    }

    /** The same, for one that has promised to end within that time. */
    public int stop(Duration max) {
        signal("-TERM");
        awaitEnd(max);
        return process.exitValue();
    }

    /** Everything that it has written to its terminal so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of one that has ended. */
    public int status() {
        return process.exitValue();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        killHard();
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Class<?> main, String... arguments) {
        String classpath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                // It logs as it does in earnest, whatever the tests' own configuration is.
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                classpath,
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private boolean isReady(HttpClient client) throws IOException, InterruptedException {
        requireAlive();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + adminPort + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended with " + process.exitValue() + ":\n" + output());
        }
    }

    private void awaitEnd(Duration max) {
        try {
            if (!process.waitFor(max.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " does not end:\n" + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
            boolean _ = kill.waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
