package io.heliograph.bench.rig;

import io.heliograph.db.Migrate;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.FreePorts;
import io.heliograph.standalone.embedded.DataDirectory;
import io.heliograph.standalone.embedded.EmbeddedPostgres;
import io.heliograph.testing.PrivateRabbit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;

/** Everything that was started for one run, in one temporary folder; closing it ends all of it. */
public final class Rig implements AutoCloseable {
    public static final String API_KEY = "hg_key_of_a_private_rig";

    private final Path folder;
    private final DataDirectory data;
    private final List<String> jvmOptions;
    private final Deque<RunningProgram> programs = new ArrayDeque<>();
    private volatile EmbeddedPostgres postgres;
    private @Nullable PrivateRabbit rabbit;

    private Rig(Path folder, DataDirectory data, EmbeddedPostgres postgres, List<String> jvmOptions) {
        this.folder = folder;
        this.data = data;
        this.jvmOptions = jvmOptions;
        this.postgres = postgres;
    }

    /**
     * A migrated PostgreSQL as it is shipped; the rest is started when it is asked for. The options are for our processes,
     * besides those that the script gives them.
     */
    public static Rig start(String name, List<String> jvmOptions) throws IOException {
        Path folder = Files.createTempDirectory("heliograph-" + name + "-");
        // PostgreSQL may run as another user, when we are root.
        boolean _ =
                folder.toFile().setExecutable(true, false) && folder.toFile().setReadable(true, false);
        DataDirectory data = DataDirectory.open(folder.resolve("data"));
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data, programCache());
        DatabaseUrl url = postgres.url();
        int _ = Migrate.migrate(url.jdbc(), url.user(), url.password());
        Rig rig = new Rig(folder, data, postgres, jvmOptions);
        Runtime.getRuntime().addShutdownHook(new Thread(rig::close, "close rig"));
        return rig;
    }

    public Path folder() {
        return folder;
    }

    public Database database() {
        return new Database(postgres.url());
    }

    public EmbeddedPostgres postgres() {
        return postgres;
    }

    /** On the same port with the same data, when it is not running. */
    public void restartPostgres() {
        postgres = EmbeddedPostgres.start(data, programCache());
    }

    /** Started at first use. */
    public synchronized PrivateRabbit rabbit() {
        PrivateRabbit started = rabbit;
        if (started == null) {
            started = PrivateRabbit.start();
            rabbit = started;
        }
        return started;
    }

    /** No messages anywhere, and no ids of them on the broker: each measurement starts like the first. */
    public synchronized void reset() throws SQLException {
        database().reset();
        if (rabbit != null) {
            rabbit.deleteQueues();
        }
    }

    /** Ready to be started, with ports of its own. */
    public RunningProgram program(Program program, String name, Map<String, String> environment) {
        return program(program, name, environment, List.of());
    }

    /** The same with options for its JVM, which go before those that all have. */
    public RunningProgram program(
            Program program, String name, Map<String, String> environment, List<String> moreJvmOptions) {
        RunningProgram.Endpoints endpoints = new RunningProgram.Endpoints(FreePorts.next(), FreePorts.next());
        Map<String, String> variables = new HashMap<>(Map.of(
                "HELIOGRAPH_DATABASE_URL", postgres.url().withPassword(),
                "HELIOGRAPH_HTTP_PORT", Integer.toString(endpoints.http()),
                "HELIOGRAPH_SIMULATOR_PORT", Integer.toString(endpoints.http()),
                "HELIOGRAPH_ADMIN_PORT", Integer.toString(endpoints.admin()),
                "HELIOGRAPH_API_KEY", API_KEY));
        // Callbacks come to the gateway itself, unless the caller has something in front of it.
        variables.put("HELIOGRAPH_PUBLIC_URL", endpoints.url());
        if (program == Program.RELAY || program == Program.WORKER) {
            variables.put("HELIOGRAPH_BROKER_URL", rabbit().url().withPassword());
        }
        variables.putAll(environment);
        List<String> options =
                Stream.concat(jvmOptions.stream(), moreJvmOptions.stream()).toList();
        RunningProgram running = new RunningProgram(program, name, endpoints, variables, options, folder);
        programs.push(running);
        return running;
    }

    /** The last that was started ends first. */
    @Override
    public synchronized void close() {
        programs.forEach(RunningProgram::close);
        programs.clear();
        if (rabbit != null) {
            rabbit.close();
        }
        postgres.close();
        try {
            data.close();
        } catch (IOException _) {
            // The lock ends with this process at the latest.
        }
    }

    /** After {@link #close}, when nobody wants to read the logs. */
    public void delete() throws IOException {
        FileUtils.deleteDirectory(folder.toFile());
    }

    /** PostgreSQL's programs are unpacked once for all runs. */
    private static Path programCache() {
        return Path.of(System.getProperty("java.io.tmpdir"), "heliograph-programs-" + System.getProperty("user.name"));
    }
}
