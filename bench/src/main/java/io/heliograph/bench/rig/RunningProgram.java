package io.heliograph.bench.rig;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One of our programs in a JVM of its own, which can be started again at the same ports after it was killed. */
public final class RunningProgram implements AutoCloseable {
    private static final Duration READY_MAX = Duration.ofSeconds(60);
    private static final long POLL_NANOS = 50_000_000;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** Where it listens; a program that has no port for one of them does not use it. */
    public record Endpoints(int http, int admin) {
        public String url() {
            return "http://127.0.0.1:" + http;
        }
    }

    private final Program program;
    private final String name;
    private final Endpoints endpoints;
    private final Map<String, String> environment;
    private final List<String> jvmOptions;
    private final Path folder;
    private @Nullable JavaProcess process;

    RunningProgram(
            Program program,
            String name,
            Endpoints endpoints,
            Map<String, String> environment,
            List<String> jvmOptions,
            Path folder) {
        this.program = program;
        this.name = name;
        this.endpoints = endpoints;
        this.environment = environment;
        this.jvmOptions = jvmOptions;
        this.folder = folder;
    }

    public Program program() {
        return program;
    }

    /** Of this instance, such as {@code worker-2}. */
    public String name() {
        return name;
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    public Path log() {
        return folder.resolve(name + ".log");
    }

    /** What its garbage collector did, with the heap after each collection. */
    public Path gcLog() {
        return folder.resolve(name + ".gc.log");
    }

    public void start() throws IOException {
        List<String> options = new ArrayList<>();
        options.add("-Xmx" + program.heapMegabytesMax() + "m");
        // Of two that contradict each other, the last one holds.
        options.addAll(jvmOptions);
        options.add("-Xlog:gc:file=" + gcLog() + "::filecount=0");
        process = JavaProcess.start(program.mainClass(), options, List.of(), environment, log());
    }

    public JavaProcess process() {
        JavaProcess started = process;
        if (started == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return started;
    }

    /** Fails with the end of its log when it ends instead, or takes too long. */
    public void awaitReady() throws IOException {
        long deadline = System.nanoTime() + READY_MAX.toNanos();
        while (!isReady()) {
            if (!process().isAlive() || System.nanoTime() > deadline) {
                throw new IOException(name + " did not start: " + endOfLog());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** The simulator has no health of its own: any answer will do. */
    public boolean isReady() {
        URI health = URI.create(
                program == Program.SIMULATOR
                        ? "http://127.0.0.1:" + endpoints.http() + "/"
                        : "http://127.0.0.1:" + endpoints.admin() + "/health/ready");
        HttpRequest request =
                HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(2)).build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() < 500;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    private String endOfLog() throws IOException {
        List<String> lines = Files.readAllLines(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }
}
