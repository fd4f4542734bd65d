package io.heliograph.testing;

import io.heliograph.db.Migrate;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of its own, with the current schema, in a folder of its own on a port of its own, which a test may stop,
 * kill, freeze and start again. Its database outlives all of that.
 */
public final class PrivatePostgres implements AutoCloseable {
    private final Path folder;
    private final int port;
    private @Nullable EmbeddedPostgres running;

    private PrivatePostgres() throws IOException {
        folder = Files.createTempDirectory("heliograph-postgres");
        port = FreePorts.next();
    }

    /** One that is up and migrated; the caller closes it, and otherwise the end of the JVM does. */
    public static PrivatePostgres start() {
        try {
            PrivatePostgres postgres = new PrivatePostgres();
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close, "stop postgres"));
            postgres.startAgain();
            DatabaseUrl url = postgres.url();
            int _ = Migrate.migrate(url.jdbc(), url.user(), url.password());
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public DatabaseUrl url() {
        return new DatabaseUrl("127.0.0.1", port, "postgres", "postgres", "postgres");
    }

    /** In order: whoever is connected is told to go. */
    public void stop() {
        try {
            if (running != null) {
                running.close();
                running = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a power cut would. What was committed is there afterwards. */
    public void killHard() {
        List<ProcessHandle> processes = processes();
        processes.forEach(process -> signal("-KILL", process));
        Awaitility.await().until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
        // Nothing is left to be stopped, but the folder is still locked by whoever started it.
        stop();
    }

    /** It keeps its connections, takes new ones, and answers nothing. */
    public void freeze() {
        // The postmaster first, who would start others meanwhile.
        signal("-STOP", processes().getFirst());
        processes().forEach(process -> signal("-STOP", process));
    }

    public void thaw() {
        processes().forEach(process -> signal("-CONT", process));
    }

    /** On the same port with the same data; waits until it can be talked to. */
    public void startAgain() {
        try {
            running = EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setServerConfig("max_connections", "100")
                    // The library switches these off, and a killed server would forget what it had committed.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (running != null) {
            thaw();
            stop();
        }
        try (Stream<Path> found = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
            found.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The postmaster and all its children. */
    private List<ProcessHandle> processes() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("data").resolve("postmaster.pid"));
            ProcessHandle postmaster =
                    ProcessHandle.of(Long.parseLong(lines.getFirst().trim())).orElseThrow();
            return Stream.concat(Stream.of(postmaster), postmaster.descendants())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void signal(String signal, ProcessHandle process) {
        try {
            boolean _ = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .start()
                    .waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
