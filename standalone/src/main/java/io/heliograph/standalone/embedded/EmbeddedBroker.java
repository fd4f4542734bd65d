package io.heliograph.standalone.embedded;

import io.heliograph.runtime.BrokerUrl;
import java.lang.reflect.Field;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.BrokerImpl;
import org.apache.qpid.server.model.ConfiguredObject;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.State;
import org.apache.qpid.server.model.SystemConfig;

/**
 * An AMQP 0-9-1 broker in this JVM, on the loopback interface and in memory only: it forgets everything when it stops,
 * which is allowed, because it holds nothing but ids that the outbox will publish again.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String USER = "heliograph";
    private static final String CONFIGURATION = "classpath:io/heliograph/standalone/embedded/broker.json";

    private final String password;
    private SystemLauncher launcher;
    private final int port;

    private EmbeddedBroker(String password, SystemLauncher launcher, int port) {
        this.password = password;
        this.launcher = launcher;
        this.port = port;
    }

    /** On a free port, with a password that nobody else knows. */
    public static EmbeddedBroker start() {
        byte[] password = new byte[16];
        new SecureRandom().nextBytes(password);
        return start(HexFormat.of().formatHex(password), 0);
    }

    public BrokerUrl url() {
        return new BrokerUrl("127.0.0.1", port, USER, password, "/", false);
    }

    /** Cuts every connection, and forgets every queue and message. */
    @Override
    public synchronized void close() {
        launcher.shutdown();
    }

    /** Empty, at the same address; after {@link #close}. */
    public synchronized void startAgain() {
        launcher = start(password, port).launcher;
    }

    private static EmbeddedBroker start(String password, int port) {
        AtomicReference<SystemConfig<?>> config = new AtomicReference<>();
        SystemLauncher launcher = new SystemLauncher(new DefaultSystemLauncherListener() {
            @Override
            public void onContainerResolve(SystemConfig<?> resolved) {
                config.set(resolved);
            }
        });
        try {
            launcher.startup(Map.of(
                    SystemConfig.TYPE,
                    "Memory",
                    SystemConfig.INITIAL_CONFIGURATION_LOCATION,
                    CONFIGURATION,
                    SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
                    false,
                    SystemConfig.CONTEXT,
                    context(password, port)));
            ConfiguredObject<?> broker = Objects.requireNonNull(config.get()).getContainer();
            removeShutdownHook(broker);
            return new EmbeddedBroker(password, launcher, boundPort(broker));
        } catch (Exception e) {
            throw new CannotStartException("The embedded broker does not start: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> context(String password, int port) {
        return Map.of(
                "heliograph.user",
                USER,
                "heliograph.password",
                password,
                "heliograph.port",
                Integer.toString(port),
                // RabbitMQ's arguments (x-queue-type, ...) mean nothing here and must not be refused.
                "queue.behaviourOnUnknownDeclareArgument",
                "IGNORE",
                "qpid.work_dir",
                System.getProperty("java.io.tmpdir"));
    }

    /** The broker would stop by itself on Ctrl-C, under the hands of those who still use it; its owner stops it. */
    private static void removeShutdownHook(ConfiguredObject<?> broker) throws ReflectiveOperationException {
        Field hook = BrokerImpl.class.getDeclaredField("_shutdownHook");
        hook.setAccessible(true);
        boolean _ = Runtime.getRuntime().removeShutdownHook((Thread) hook.get(broker));
    }

    private static int boundPort(ConfiguredObject<?> broker) {
        return broker.getChildren(Port.class).stream()
                .filter(port -> port.getState() == State.ACTIVE)
                .findFirst()
                .orElseThrow(() -> new CannotStartException("The embedded broker has no port"))
                .getBoundPort();
    }
}
