package io.heliograph.standalone.embedded;

import io.heliograph.runtime.FreePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * One start of PostgreSQL on a data directory that nothing runs on. The port is the one of the last time, so that tools
 * that were pointed at it still work, unless somebody else has taken it meanwhile.
 */
final class PostgresStart {
    private static final int ATTEMPTS_MAX = 20;
    private static final long PAUSE_NANOS = 250_000_000;
    private static final long LOG_BYTES_MAX = 10_000_000;
    private static final String LAST_WORDS = "terminating connection due to unexpected postmaster exit";

    private final PostgresCommands commands;
    private final Path data;
    private final Path logFile;
    private final Path portFile;

    PostgresStart(PostgresCommands commands, Path data) {
        this.commands = commands;
        this.data = data;
        this.logFile = data.resolveSibling("postgresql.log");
        this.portFile = data.resolveSibling("port");
    }

    /** Answers the port. */
    int start() throws IOException {
        refuseShellCharacters();
        rotateLog();
        int port = usualPort();
        for (int attempt = 1; ; attempt++) {
            long logBefore = Files.exists(logFile) ? Files.size(logFile) : 0;
            if (commands.start(data, logFile, PostgresSettings.onPort(port)).worked()) {
                Files.writeString(portFile, Integer.toString(port));
                return port;
            }
            String reason = reason(logBefore);
            if (attempt == ATTEMPTS_MAX || !passesByItself(reason)) {
                throw new CannotStartException("PostgreSQL does not start: " + reason + ". Its log is " + logFile);
            }
            port = reason.contains("could not create any TCP/IP sockets") ? FreePorts.next() : port;
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean passesByItself(String reason) {
        return reason.contains("could not create any TCP/IP sockets")
                // Processes of a PostgreSQL that was killed take a moment to notice.
                || reason.contains("pre-existing shared memory block")
                || reason.contains("lock file \"postmaster.pid\" already exists");
    }

    /** The last complaint in the log of this start, which says more than pg_ctl does. */
    private String reason(long from) throws IOException {
        if (!Files.exists(logFile)) {
            return "it cannot write there";
        }
        byte[] log = Files.readAllBytes(logFile);
        String tail = new String(log, (int) from, (int) (log.length - from), StandardCharsets.UTF_8);
        List<String> complaints = tail.lines()
                .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
                // The last words of the one that was killed, whose processes write to the same log for a moment.
                .filter(line -> !line.contains(LAST_WORDS))
                .toList();
        String last = complaints.isEmpty() ? tail.strip() : complaints.getLast();
        return last.replaceFirst("^.*?(FATAL|PANIC): +", "");
    }

    /** pg_ctl starts PostgreSQL through a shell, with the path in double quotes. */
    private void refuseShellCharacters() {
        if (data.toString().matches(".*[\"$`\\\\\n].*")) {
            throw new CannotStartException("PostgreSQL cannot work in a directory with such a name: " + data
                    + ". Choose another with --data DIR.");
        }
    }

    private void rotateLog() throws IOException {
        if (Files.exists(logFile) && Files.size(logFile) > LOG_BYTES_MAX) {
            Files.move(logFile, logFile.resolveSibling("postgresql.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private int usualPort() throws IOException {
        try {
            return Integer.parseInt(Files.readString(portFile).trim());
        } catch (NoSuchFileException | NumberFormatException _) {
            return FreePorts.next();
        }
    }
}
