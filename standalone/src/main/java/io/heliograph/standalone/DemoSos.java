package io.heliograph.standalone;

import io.heliograph.simulator.SimulatorControl;
import io.heliograph.standalone.commands.GatewayClient;
import io.heliograph.standalone.commands.Paint;
import io.heliograph.standalone.commands.SosStory;
import io.heliograph.standalone.embedded.CannotStartException;
import io.heliograph.standalone.embedded.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./heliograph demo sos}: a patient who needs blood, the donors who are asked, and what they answer by SMS. In a house of its own, because
 * the simulator has to bring what they write; it is stopped and deleted when the story is over.
 */
@SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
public final class DemoSos {
    /** For all of it; what has not come by then is said to be on its way. */
    private static final Duration STORY_MAX = Duration.ofSeconds(90);

    private DemoSos() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (!List.of(arguments).equals(List.of("sos"))) {
            exit(2, "usage: ./heliograph demo sos");
        }
        try {
            show();
            // What a client or a loop may still hold open is not waited for.
            System.exit(0);
        } catch (IOException | GatewayClient.RefusedException | CannotStartException e) {
            exit(1, e.getMessage());
        } catch (RuntimeException e) {
            // Its own gateway would keep the process alive.
            exit(1, "it went wrong: " + e);
        }
    }

    static void show() throws IOException, InterruptedException, GatewayClient.RefusedException {
        Path data = Files.createTempDirectory("heliograph-demo");
        LogFile.use(data.resolve("heliograph.log"));
        DataDirectory directory = DataDirectory.open(data);
        Ports ports = Ports.around(0);
        ApiKey key = ApiKey.of(Map.of(), directory);
        Standalone standalone = new Standalone(directory, Map.of(), ports, System.out::println);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(standalone, data), "stop"));
        System.out.println("A gateway and a simulated provider for the demo alone.");
        standalone.start(key);
        GatewayClient gateway = new GatewayClient("http://localhost:" + ports.api(), key.value());
        try (SimulatorControl simulator = new SimulatorControl("http://localhost:" + ports.simulator())) {
            new SosStory(gateway, simulator, System.out, Paint.ofTerminal())
                    .tell(System.nanoTime() + STORY_MAX.toNanos());
        }
        System.out.println("This gateway ends now. ./heliograph up keeps one; docs/sos.md says what to ask it.");
    }

    private static void end(Standalone standalone, Path data) {
        standalone.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                boolean _ = Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("heliograph demo: " + data + " is left behind: " + e.getMessage());
        }
    }

    private static void exit(int status, @Nullable String message) {
        System.err.println("heliograph demo: " + message);
        System.exit(status);
    }
}
