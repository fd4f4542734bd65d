package io.heliograph.standalone.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs initdb and pg_ctl, as a user whom they accept. */
final class PostgresCommands {
    /** Long enough to replay the log of {@code max_wal_size} after a crash, and to write it all out at a stop. */
    private static final String START_SECONDS_MAX = "120";

    private static final String STOP_SECONDS_MAX = "30";

    private final PostgresBinaries binaries;
    private final PostgresUser user;
    private final Path home;

    /** {@code home} is the directory around the data directory. */
    PostgresCommands(PostgresBinaries binaries, Path home) {
        this.binaries = binaries;
        this.user = PostgresUser.ofThisProcess();
        this.home = home;
    }

    void initialise(Path data, String password) throws IOException {
        Path passwordFile = Files.createTempFile(home, "password", "");
        try {
            Files.writeString(passwordFile, password);
            user.own(home);
            user.own(passwordFile);
            requireAccess();
            Outcome outcome = run(
                    "initdb",
                    List.of("--pgdata", data.toString()),
                    List.of("--username", "postgres", "--pwfile", passwordFile.toString(), "--auth", "scram-sha-256"),
                    // Not the machine's locale: what sorts and matches the same everywhere, and needs none installed.
                    List.of("--encoding", "UTF8", "--no-locale"),
                    List.of("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"));
            if (!outcome.worked()) {
                throw new CannotStartException("PostgreSQL cannot make its data directory: " + outcome.reason());
            }
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    /** Nobody's way may be barred by a directory above, such as root's home. */
    private void requireAccess() throws IOException {
        if (!run(List.of("test", "-x", home.toString())).worked()) {
            throw new CannotStartException(
                    "PostgreSQL refuses to run as root, and the user nobody, as whom it could run,"
                            + " may not enter " + home
                            + ". Start Heliograph as an ordinary user, or choose a directory that"
                            + " everybody may enter: ./heliograph up --data /var/lib/heliograph");
        }
    }

    Outcome start(Path data, Path logFile, String options) throws IOException {
        user.own(home);
        return run(
                "pg_ctl",
                List.of("start", "--wait", "--timeout", START_SECONDS_MAX),
                List.of("--pgdata", data.toString(), "--log", logFile.toString(), "--options", options));
    }

    /** Says whether it has stopped. */
    boolean stop(Path data) throws IOException {
        return run(
                        "pg_ctl",
                        List.of("stop", "--wait", "--timeout", STOP_SECONDS_MAX),
                        List.of("--pgdata", data.toString(), "--mode", "fast"))
                .worked();
    }

    /** How a command ended, with what it said. */
    record Outcome(int status, List<String> lines) {
        boolean worked() {
            return status == 0;
        }

        /** The first complaint; what follows tells how it cleaned up. */
        String reason() {
            return lines.stream()
                    .filter(line -> line.matches(".*(FATAL|PANIC|error):.*"))
                    .findFirst()
                    .or(() -> lines.stream().filter(line -> !line.isBlank()).reduce((_, later) -> later))
                    .map(line -> line.replaceFirst("^.*?(FATAL|PANIC|error): +", ""))
                    .orElse("it does not say why");
        }
    }

    @SafeVarargs
    private Outcome run(String program, List<String>... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(binaries.program(program));
        for (List<String> some : arguments) {
            command.addAll(some);
        }
        return run(command);
    }

    private Outcome run(List<String> command) throws IOException {
        // A file, not a pipe: nothing that PostgreSQL inherits can keep us waiting for its end.
        Path output = Files.createTempFile("heliograph-", ".log");
        try {
            List<String> whole = new ArrayList<>(user.commandPrefix());
            whole.addAll(command);
            ProcessBuilder builder = new ProcessBuilder(whole)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            // A shell that is set up for another PostgreSQL must not lead this one astray.
            boolean _ = builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            int status = await(builder.start());
            return new Outcome(status, Files.readAllLines(output));
        } finally {
            Files.delete(output);
        }
    }

    private static int await(Process process) {
        try {
            // The commands give up by themselves; this bounds one that hangs for another reason.
            if (!process.waitFor(Long.parseLong(START_SECONDS_MAX) + 30, TimeUnit.SECONDS)) {
                Process _ = process.destroyForcibly();
                return 1;
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }
}
