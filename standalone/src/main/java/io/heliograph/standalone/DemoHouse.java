package io.heliograph.standalone;

import io.heliograph.standalone.commands.GatewayAddress;
import io.heliograph.standalone.commands.GatewayClient;
import io.heliograph.standalone.embedded.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** Everything that a demo needs, started for it alone, and stopped and deleted when the process ends. */
@SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
final class DemoHouse {
    private DemoHouse() {}

    /** Ways to its gateway and to its simulator. */
    record House(GatewayClient gateway, String simulatorUrl) {}

    /** A way to its gateway, which goes by this clock. */
    static GatewayClient open(Clock clock) throws IOException {
        return start(clock).gateway();
    }

    static House start(Clock clock) throws IOException {
        Path data = Files.createTempDirectory("heliograph-demo");
        LogFile.use(data.resolve("heliograph.log"));
        DataDirectory directory = DataDirectory.open(data);
        Ports ports = Ports.around(0);
        ApiKey key = ApiKey.of(Map.of(), directory);
        Standalone standalone = new Standalone(directory, Map.of(), ports, System.out::println, clock);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(standalone, data), "stop"));
        standalone.start(key);
        return new House(
                new GatewayClient(new GatewayAddress(ports.url(), key.value(), "the demo itself")),
                "http://localhost:" + ports.simulator());
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
}
