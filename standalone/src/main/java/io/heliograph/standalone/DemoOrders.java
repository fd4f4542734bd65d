package io.heliograph.standalone;

import io.heliograph.standalone.commands.GatewayClient;
import io.heliograph.standalone.commands.OrderStory;
import io.heliograph.standalone.commands.Paint;
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
 * {@code ./heliograph demo orders}: what two people hear of an order, from its confirmation to its refund. Through the gateway that runs; where none
 * does, everything is started for it, and stopped and deleted when it is over.
 */
@SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
public final class DemoOrders {
    /** For all of it; what has not ended by then is said to be on its way. */
    private static final Duration STORY_MAX = Duration.ofSeconds(90);

    private DemoOrders() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (!List.of(arguments).equals(List.of("orders"))) {
            exit(2, "usage: ./heliograph demo orders");
        }
        try {
            GatewayClient running = running();
            if (running == null) {
                byItself();
            } else {
                tell(running);
                System.out.println("More: ./heliograph send-test --user " + OrderStory.ENGLISH
                        + ", and each of them as the API has it:\n  curl -sS " + running.url() + "/v1/users/"
                        + OrderStory.HINDI + "/notifications -H \"Authorization: Bearer $KEY\"");
            }
            // What a client or a loop may still hold open is not waited for.
            System.exit(0);
        } catch (IOException | GatewayClient.RefusedException | CannotStartException e) {
            exit(1, e.getMessage());
        } catch (RuntimeException e) {
            // Its own gateway would keep the process alive.
            exit(1, "it went wrong: " + e);
        }
    }

    /** Null where nobody answers and nobody said that somebody would. */
    private static @Nullable GatewayClient running()
            throws IOException, InterruptedException, GatewayClient.RefusedException {
        try {
            GatewayClient gateway = GatewayClient.fromEnvironment();
            var _ = gateway.get("/v1/account");
            return gateway;
        } catch (IOException e) {
            if (System.getenv("HELIOGRAPH_URL") != null || System.getenv("HELIOGRAPH_HTTP_PORT") != null) {
                throw e;
            }
            return null;
        }
    }

    private static void byItself() throws IOException, InterruptedException, GatewayClient.RefusedException {
        Path data = Files.createTempDirectory("heliograph-demo");
        LogFile.use(data.resolve("heliograph.log"));
        DataDirectory directory = DataDirectory.open(data);
        Ports ports = Ports.around(0);
        ApiKey key = ApiKey.of(Map.of(), directory);
        Standalone standalone = new Standalone(directory, Map.of(), ports, System.out::println);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(standalone, data), "stop"));
        System.out.println("No gateway answers here; one is started for the demo alone.");
        standalone.start(key);
        tell(new GatewayClient("http://localhost:" + ports.api(), key.value()));
        System.out.println("This gateway ends now. ./heliograph up keeps one, and then: ./heliograph demo orders,"
                + "\n./heliograph send-test --user " + OrderStory.ENGLISH + ", GET /v1/users/" + OrderStory.HINDI
                + "/notifications");
    }

    private static void tell(GatewayClient gateway)
            throws IOException, InterruptedException, GatewayClient.RefusedException {
        new OrderStory(gateway, System.out, Paint.ofTerminal()).tell(System.nanoTime() + STORY_MAX.toNanos());
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
