package io.heliograph.runtime;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a process, says what is wrong when that fails, and stops it in order on Ctrl-C or SIGTERM. */
public final class Main {
    /** Something that runs until it is stopped. */
    public interface Running {
        Future<Void> stop();
    }

    private static final Logger log = LoggerFactory.getLogger(Main.class);
    private static final long START_SECONDS_MAX = 60;
    private static final long STOP_SECONDS_MAX = 20;

    private Main() {}

    /** Reads the configuration from the environment, starts, and returns; the process lives on its own threads. */
    public static <C> void run(
            String name, Function<Environment, C> read, BiFunction<Vertx, C, Future<? extends Running>> start) {
        run(name, new Environment(System.getenv()), read, start);
    }

    /** The same, where the command line has changed what the environment says. */
    public static <C> void run(
            String name,
            Environment environment,
            Function<Environment, C> read,
            BiFunction<Vertx, C, Future<? extends Running>> start) {
        try {
            C config = read.apply(environment);
            log.atInfo()
                    .addKeyValue("process", name)
                    .addKeyValue("config", environment.effective())
                    .log("Starting");
            Vertx vertx = vertx();
            Running running = start.apply(vertx, config).await(START_SECONDS_MAX, TimeUnit.SECONDS);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(name, running, vertx), "stop"));
            log.atInfo().addKeyValue("process", name).log("Started");
        } catch (ConfigurationException | Database.SchemaTooOldException | Database.LoginRefusedException e) {
            fail(name, String.valueOf(e.getMessage()));
        } catch (Exception e) {
            log.atError().setCause(e).log("Could not start");
            fail(name, "Could not start: " + Failures.describe(e) + rootMessage(e));
        }
    }

    /** Event loops for the cores there are, native sockets where the platform has them. */
    public static Vertx vertx() {
        return Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    }

    private static void stop(String name, Running running, Vertx vertx) {
        try {
            running.stop().await(STOP_SECONDS_MAX, TimeUnit.SECONDS);
            vertx.close().await(STOP_SECONDS_MAX, TimeUnit.SECONDS);
            log.atInfo().addKeyValue("process", name).log("Stopped");
        } catch (Exception e) {
            log.atWarn()
                    .addKeyValue("process", name)
                    .addKeyValue("error", Failures.describe(e))
                    .log("Did not stop cleanly");
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? "" : ": " + root.getMessage();
    }

    @SuppressWarnings("SystemOut") // A person reads this in a terminal, whatever the log format is.
    private static void fail(String name, String message) {
        System.err.println("heliograph " + name + ": " + message);
        System.exit(1);
    }
}
