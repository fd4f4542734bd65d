package io.heliograph.standalone.embedded;

import io.heliograph.runtime.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own in the data directory, on the loopback interface and on a port that stays the same. It is as
 * durable as any: what commits is on the disk. One that was left running, because this process was killed, is stopped
 * at the next start.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    static final String DATABASE = "heliograph";
    private static final String USER = "postgres";
    /** What a committed message rests on; looked at after each start, so that no option can lower it unseen. */
    private static final List<String> MUST_BE_ON = List.of("fsync", "synchronous_commit", "full_page_writes");

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private final PostgresCommands commands;
    private final Path data;
    private final DatabaseUrl url;

    private EmbeddedPostgres(PostgresCommands commands, Path data, DatabaseUrl url) {
        this.commands = commands;
        this.data = data;
        this.url = url;
    }

    /** Returns when it takes connections and the database exists. {@code cache} keeps PostgreSQL's unpacked programs. */
    public static EmbeddedPostgres start(DataDirectory directory, Path cache) {
        try {
            String password = directory.secret("postgresql-password", EmbeddedPostgres::newPassword);
            Path home = Files.createDirectories(directory.path().resolve("postgresql"));
            Path data = home.resolve("data");
            PostgresCommands commands = new PostgresCommands(PostgresBinaries.unpack(cache), home);
            makeCluster(commands, data, password);
            stopLeftOver(commands, data);
            int port = new PostgresStart(commands, data).start();
            DatabaseUrl url = new DatabaseUrl("127.0.0.1", port, USER, password, DATABASE);
            prepare(url);
            return new EmbeddedPostgres(commands, data, url);
        } catch (IOException | SQLException e) {
            throw new CannotStartException("PostgreSQL cannot be started: " + e.getMessage(), e);
        }
    }

    public DatabaseUrl url() {
        return url;
    }

    /** Starts it again, at the same address, when it has died; answers whether it had. */
    public boolean revive() throws IOException {
        if (process().isPresent()) {
            return false;
        }
        log.atWarn().log("PostgreSQL has died, starting it again");
        stopLeftOver(commands, data);
        int port = new PostgresStart(commands, data).start();
        if (port != url.port()) {
            throw new CannotStartException("PostgreSQL's port " + url.port() + " has been taken by another program");
        }
        return true;
    }

    /** The first of its processes, for tests that kill it. */
    public Optional<ProcessHandle> process() throws IOException {
        return new Postmaster(data).find();
    }

    /** Ends open transactions, writes everything out and stops; also when it has been killed already. */
    @Override
    public void close() {
        try {
            stopLeftOver(commands, data);
        } catch (IOException e) {
            log.atWarn().setCause(e).log("PostgreSQL did not stop cleanly");
        }
    }

    /** Made aside and renamed, so that an interrupted first start leaves nothing that looks like a database. */
    private static void makeCluster(PostgresCommands commands, Path data, String password) throws IOException {
        if (Files.isDirectory(data)) {
            return;
        }
        Path draft = data.resolveSibling("data.new");
        FileUtils.deleteDirectory(draft.toFile());
        commands.initialise(draft, password);
        Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void stopLeftOver(PostgresCommands commands, Path data) throws IOException {
        Postmaster postmaster = new Postmaster(data);
        Optional<ProcessHandle> running = postmaster.find();
        if (running.isPresent()) {
            if (!commands.stop(data)) {
                log.atWarn().addKeyValue("pid", running.get().pid()).log("PostgreSQL does not stop, killing it");
                Postmaster.kill(running.get());
            }
            Postmaster.awaitEnd(running.get());
        }
        postmaster.forgetStranger();
    }

    private static void prepare(DatabaseUrl url) throws SQLException {
        String maintenance = "jdbc:postgresql://" + url.host() + ":" + url.port() + "/postgres";
        try (Connection connection = DriverManager.getConnection(maintenance, url.user(), url.password());
                Statement statement = connection.createStatement()) {
            for (String setting : MUST_BE_ON) {
                requireOn(statement, setting);
            }
            if (!hasRow(statement, "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                boolean _ = statement.execute("CREATE DATABASE " + DATABASE);
            }
        }
    }

    private static void requireOn(Statement statement, String setting) throws SQLException {
        try (ResultSet answer = statement.executeQuery("SHOW " + setting)) {
            if (!answer.next() || !"on".equals(answer.getString(1))) {
                throw new CannotStartException("PostgreSQL runs with " + setting + " = " + answer.getString(1)
                        + "; accepted messages would not be safe. Look into postgresql.auto.conf.");
            }
        }
    }

    private static boolean hasRow(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static String newPassword() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
