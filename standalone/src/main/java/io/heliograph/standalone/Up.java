package io.heliograph.standalone;

import io.heliograph.runtime.ConfigurationException;
import io.heliograph.standalone.embedded.CannotStartException;
import io.heliograph.standalone.embedded.DataDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.LoggerFactory;

/**
 * {@code ./heliograph up}: everything in one process, for a first look, for development and for small installations.
 * Speaks to a person; its log goes to a file.
 */
@SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
public final class Up {
    private enum Phase {
        STARTING,
        RUNNING,
        STOPPING,
        FAILED
    }

    private static final List<String> NOT_USED = List.of("HELIOGRAPH_DATABASE_URL", "HELIOGRAPH_BROKER_URL");

    private final UpArguments.Run arguments;
    private final Map<String, String> variables = new HashMap<>(System.getenv());
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);

    private Up(UpArguments.Run arguments) {
        this.arguments = arguments;
        if (arguments.port() != null) {
            variables.put("HELIOGRAPH_HTTP_PORT", arguments.port());
        }
    }

    public static void main(String[] arguments) {
        switch (UpArguments.parse(List.of(arguments))) {
            case UpArguments.Help _ -> System.out.println(UpArguments.HELP);
            case UpArguments.Mistake mistake -> exit(2, mistake.message() + "\nMore with: ./heliograph up --help");
            case UpArguments.Run run -> new Up(run).run();
        }
    }

    private void run() {
        try {
            start(System.nanoTime());
        } catch (CannotStartException | ConfigurationException | IOException e) {
            phase.set(Phase.FAILED);
            exit(1, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            phase.set(Phase.FAILED);
            LoggerFactory.getLogger(Up.class).atError().setCause(e).log("Could not start");
            exit(1, "it could not start: " + e + "\nThe log says more.");
        }
    }

    private void start(long beganNanos) throws IOException {
        Settings.check(variables);
        DataDirectory directory = DataDirectory.open(arguments.data());
        if (!arguments.verbose()) {
            LogFile.use(directory.path().resolve("heliograph.log"));
        }
        Ports ports = Ports.around(Settings.port(variables));
        ApiKey key = ApiKey.of(variables, directory);
        NOT_USED.stream()
                .filter(variables::containsKey)
                .forEach(name ->
                        System.out.println(name + " is not used here: this is PostgreSQL and a broker of its own."));
        Standalone standalone = new Standalone(directory, variables, ports, System.out::println);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(standalone, directory), "stop"));
        standalone.start(key);
        directory.keepUrl(ports.url());
        if (phase.compareAndSet(Phase.STARTING, Phase.RUNNING)) {
            Duration took = Duration.ofNanos(System.nanoTime() - beganNanos);
            System.out.println(new Greeting(ports, key, directory.path(), took).text());
        }
    }

    /** On Ctrl-C, and in silence when the start has failed. */
    private void stop(Standalone standalone, DataDirectory directory) {
        boolean told = phase.getAndSet(Phase.STOPPING) != Phase.FAILED;
        if (told) {
            System.out.println("\nStopping...");
        }
        standalone.close();
        forgetUrl(directory);
        if (told) {
            System.out.println("Stopped. Everything that was accepted is kept in " + directory.path() + ".");
        }
    }

    private static void forgetUrl(DataDirectory directory) {
        try {
            directory.forgetUrl();
        } catch (IOException e) {
            // It misleads nobody for long: the next start replaces it, and whoever asks there is told where they asked.
            LoggerFactory.getLogger(Up.class).atWarn().log("The URL of this gateway is left behind");
        }
    }

    private static void exit(int status, String message) {
        System.err.println("heliograph up: " + message);
        System.exit(status);
    }
}
