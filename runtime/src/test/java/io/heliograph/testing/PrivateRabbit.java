package io.heliograph.testing;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.heliograph.broker.BrokerSettings;
import io.heliograph.contract.Queues;
import io.heliograph.runtime.BrokerUrl;
import io.heliograph.runtime.FreePorts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A RabbitMQ node of our own in a folder of our own, on loopback, which a test may kill, freeze and wipe. It starts in
 * about six seconds, as any user, from the installed package.
 */
public final class PrivateRabbit implements AutoCloseable {
    /** What tests and measurements name their topics. */
    private static final List<String> TOPICS =
            List.of("sms", "whatsapp", "twilio", "plivo", "plivo-in", "dry", "dry-run", "none");

    private static final Path SERVER = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration STOP_MAX = Duration.ofSeconds(10);

    private final Path folder;
    private final int port;
    private final int distributionPort;
    private final int portMapperPort;
    private @Nullable Process script;

    private PrivateRabbit() throws IOException {
        this.folder = Files.createTempDirectory("heliograph-rabbit");
        this.port = FreePorts.next();
        this.distributionPort = FreePorts.next();
        this.portMapperPort = FreePorts.next();
    }

    /** For those who would find out only minutes later. */
    public static void requireInstalled() {
        if (!Files.isExecutable(SERVER)) {
            throw new IllegalStateException(
                    "RabbitMQ is not installed (" + SERVER + "). Run: ./heliograph test, which installs it");
        }
    }

    /** A node that is up; the caller closes it, and otherwise the end of the JVM does. */
    public static PrivateRabbit start() {
        requireInstalled();
        try {
            PrivateRabbit rabbit = new PrivateRabbit();
            Runtime.getRuntime().addShutdownHook(new Thread(rabbit::close, "stop rabbit"));
            rabbit.startAgain();
            return rabbit;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One node for all tests of this JVM that do not harm it. Messages of an earlier test are gone. */
    public static PrivateRabbit shared() {
        Shared.RABBIT.deleteQueues();
        return Shared.RABBIT;
    }

    public BrokerUrl url() {
        return BrokerUrl.parse("amqp://guest:guest@127.0.0.1:" + port + "/");
    }

    public BrokerSettings settings() {
        return new BrokerSettings(url(), BrokerSettings.QueueType.CLASSIC);
    }

    /** As a power cut would. What is in memory is lost. */
    public void killHard() {
        signal("-KILL");
        Awaitility.await()
                .atMost(STOP_MAX)
                .until(() -> beam().map(process -> !process.isAlive()).orElse(true));
        Process started = script;
        if (started != null) {
            Process _ = started.destroyForcibly();
        }
    }

    /** It keeps its connections and answers nothing. */
    public void freeze() {
        signal("-STOP");
    }

    public void thaw() {
        signal("-CONT");
    }

    /** Kills it and deletes all that it had: queues, messages, users. */
    public void wipe() {
        killHard();
        delete(folder.resolve("mnesia"));
    }

    /** On the same port; waits until it can be talked to. */
    public void startAgain() {
        try {
            Files.deleteIfExists(pidFile());
            Files.writeString(folder.resolve("enabled_plugins"), "[].\n");
            Files.writeString(folder.resolve("rabbitmq.conf"), "disk_free_limit.absolute = 10MB\n");
            script = server().redirectErrorStream(true)
                    .redirectOutput(folder.resolve("out.log").toFile())
                    .directory(folder.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await()
                .atMost(START_MAX)
                .pollInterval(Duration.ofMillis(100))
                .until(this::answers);
    }

    /** Opens a plain connection, for a test that looks at the broker from outside. */
    public Connection connect() throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        factory.setConnectionTimeout(2_000);
        factory.setHandshakeTimeout(2_000);
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection();
    }

    @Override
    public void close() {
        thaw();
        killHard();
        run("epmd", "-port", Integer.toString(portMapperPort), "-kill");
        delete(folder);
    }

    private ProcessBuilder server() {
        ProcessBuilder builder = new ProcessBuilder(SERVER.toString());
        builder.environment()
                .putAll(Map.ofEntries(
                        Map.entry("HOME", folder.toString()),
                        Map.entry("RABBITMQ_NODENAME", "heliograph-" + port + "@localhost"),
                        Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
                        Map.entry("RABBITMQ_NODE_PORT", Integer.toString(port)),
                        Map.entry("RABBITMQ_DIST_PORT", Integer.toString(distributionPort)),
                        Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"),
                        Map.entry(
                                "RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString()),
                        Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
                        Map.entry(
                                "RABBITMQ_CONFIG_FILE",
                                folder.resolve("rabbitmq.conf").toString()),
                        Map.entry(
                                "RABBITMQ_ENABLED_PLUGINS_FILE",
                                folder.resolve("enabled_plugins").toString()),
                        Map.entry("RABBITMQ_PID_FILE", pidFile().toString()),
                        Map.entry("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
                        // Its own name server, so that stopping it disturbs no other node of the machine.
                        Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                        Map.entry("ERL_EPMD_PORT", Integer.toString(portMapperPort))));
        return builder;
    }

    private boolean answers() {
        Process started = script;
        if (started != null && !started.isAlive() && beam().isEmpty()) {
            throw new IllegalStateException("RabbitMQ did not start: " + read(folder.resolve("out.log")));
        }
        try (Connection connection = connect()) {
            return connection.isOpen() && beam().isPresent();
        } catch (IOException | TimeoutException e) {
            return false;
        }
    }

    /** With what is on them; whoever starts next declares them anew. */
    public void deleteQueues() {
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            for (String topic : TOPICS) {
                for (String queue : Queues.of(topic)) {
                    var _ = channel.queueDelete(queue);
                }
            }
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path pidFile() {
        return folder.resolve("pid");
    }

    /** The Erlang machine itself; the script that started it is its parent. */
    private Optional<ProcessHandle> beam() {
        String pid = read(pidFile()).trim();
        return pid.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
    }

    private void signal(String signal) {
        beam().ifPresent(beam -> run("kill", signal, Long.toString(beam.pid())));
    }

    private static void run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean _ = process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> found = Files.walk(path)) {
            found.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Started at first use. */
    private static final class Shared {
        private static final PrivateRabbit RABBIT = start();
    }
}
