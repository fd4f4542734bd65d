package io.heliograph.standalone.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL's first process, found again by the file that it keeps in its data directory. */
final class Postmaster {
    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);
    private static final long END_SECONDS_MAX = 10;
    private static final long POLL_NANOS = 5_000_000;

    private final Path data;

    Postmaster(Path data) {
        this.data = data;
    }

    /** The running PostgreSQL of this data directory, if there is one. */
    Optional<ProcessHandle> find() throws IOException {
        return recorded().filter(this::isPostgresOfOurData);
    }

    /**
     * Removes the file of a PostgreSQL that is gone, when its process number now belongs to another program, as after
     * a restart of the machine: PostgreSQL itself sees only that such a process lives, and refuses to start.
     */
    void forgetStranger() throws IOException {
        Optional<ProcessHandle> process = recorded();
        if (process.isPresent() && !isPostgresOfOurData(process.get())) {
            log.atInfo().addKeyValue("pid", process.get().pid()).log("Removed the process file of a former PostgreSQL");
            Files.delete(file());
        }
    }

    /** Ends it and its children without any goodbye; it recovers from its log at the next start. */
    static void kill(ProcessHandle postmaster) {
        List<ProcessHandle> backends = postmaster.children().toList();
        boolean _ = postmaster.destroyForcibly();
        backends.forEach(ProcessHandle::destroyForcibly);
    }

    /**
     * Waits until it is gone. One that has ended but that nobody has collected counts as gone: in a container without
     * an init process there is nobody to do it.
     */
    static void awaitEnd(ProcessHandle process) {
        long deadline = System.nanoTime() + END_SECONDS_MAX * 1_000_000_000;
        while (process.isAlive() && process.info().command().isPresent()) {
            if (System.nanoTime() > deadline) {
                throw new CannotStartException("PostgreSQL (process " + process.pid() + ") cannot be ended");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** The process that has the recorded number, whatever it is. */
    private Optional<ProcessHandle> recorded() throws IOException {
        if (!Files.exists(file())) {
            return Optional.empty();
        }
        try {
            return Files.readAllLines(file()).stream()
                    .findFirst()
                    .map(line -> Long.parseLong(line.trim()))
                    .flatMap(ProcessHandle::of);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private boolean isPostgresOfOurData(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        return info.command()
                        .map(Path::of)
                        .filter(command -> command.endsWith("postgres"))
                        .isPresent()
                && Arrays.asList(info.arguments().orElse(new String[0])).contains(data.toString());
    }

    private Path file() {
        return data.resolve("postmaster.pid");
    }
}
