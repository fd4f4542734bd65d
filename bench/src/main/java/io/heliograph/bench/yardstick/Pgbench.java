package io.heliograph.bench.yardstick;

import io.heliograph.runtime.DatabaseUrl;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The yardstick Y: how many transactions a second PostgreSQL does when each stores one message and its promise as the API
 * would, one after another on 32 connections, with nothing else running.
 */
public final class Pgbench {
    private static final int CLIENTS = 32;
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

    /** The id is a UUIDv7 of now, so that rows land in today's partition; both statements make the same. */
    private static final String SCRIPT = """
        \\set middle random(0, 4095)
        \\set low random(0, 4611686018427387903) - 9223372036854775807 - 1
        \\set number random(2000000, 9999999)
        BEGIN;
        INSERT INTO message (id, account_id, status, channel, lane, recipient, sender, body, media_urls, segments, encoding,
                             created_at, send_at, expires_at, on_unknown, reference, metadata)
        VALUES (ID, 1, 'queued', 'sms', 'normal', '+1415' || :number::bigint::text, NULL,
                'Your parcel is out for delivery today between 14:00 and 16:00. Track it in the app.', NULL, 1, 'gsm7',
                now(), NULL, now() + interval '4 days', 'fail', NULL, NULL);
        INSERT INTO outbox (message_id, topic, lane, account_id, due_at, created_at, scheduled)
        VALUES (ID, 'sms', 'normal', 1, now(), now(), false);
        COMMIT;
        """.replace(
                    "ID",
                    "(lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0') || '7'"
                            + " || lpad(to_hex(:middle::bigint), 3, '0') || to_hex(:low::bigint))::uuid");

    private final Path program;
    private final Path script;

    private Pgbench(Path program, Path script) {
        this.program = program;
        this.script = script;
    }

    /** Fails with a word on how to get it. */
    public static Pgbench find(Path folder) throws IOException {
        Path program = candidates()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "pgbench is missing; it is the yardstick. Debian, Ubuntu: sudo apt-get install postgresql-client"
                                + " postgresql-contrib (or postgresql)     macOS: brew install postgresql"));
        return new Pgbench(program, Files.writeString(folder.resolve("yardstick.sql"), SCRIPT));
    }

    /** Transactions a second, with statements that are prepared once, as ours are. */
    public double transactionsPerSecond(DatabaseUrl url, int seconds) throws IOException {
        List<String> command = List.of(
                program.toString(),
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + CLIENTS,
                "--jobs=2",
                "--time=" + seconds,
                "--file=" + script,
                "--host=" + url.host(),
                "--port=" + url.port(),
                "--username=" + url.user(),
                url.database());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", url.password());
        String output = Output.of(builder);
        Matcher tps = TPS.matcher(output);
        if (!tps.find()) {
            throw new IOException("pgbench did not work: " + output);
        }
        return Double.parseDouble(tps.group(1));
    }

    public String version() throws IOException {
        String line = Output.of(new ProcessBuilder(program.toString(), "--version"));
        return line.replaceFirst("^\\D*", "").trim();
    }

    private static Stream<Path> candidates() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            found.add(Path.of(folder, "pgbench"));
        }
        fromPgConfig().ifPresent(folder -> found.add(folder.resolve("pgbench")));
        if (Files.isDirectory(INSTALLED)) {
            try (Stream<Path> versions = Files.list(INSTALLED)) {
                found.addAll(versions.sorted(Comparator.reverseOrder())
                        .map(v -> v.resolve("bin/pgbench"))
                        .toList());
            }
        }
        return found.stream();
    }

    private static Optional<Path> fromPgConfig() {
        try {
            String folder = Output.of(new ProcessBuilder("pg_config", "--bindir"));
            return folder.isBlank() ? Optional.empty() : Optional.of(Path.of(folder.trim()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
