package io.heliograph.standalone;

import io.heliograph.standalone.commands.GatewayAddress;
import io.heliograph.standalone.commands.GatewayClient;
import io.heliograph.standalone.commands.OrderStory;
import io.heliograph.standalone.commands.Paint;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./heliograph demo orders}: what two people hear of an order, from its confirmation to its refund. Through the gateway that runs; where none
 * does, everything is started for it, and stopped and deleted when it is over.
 */
@SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
final class DemoOrders {
    /** For all of it; what has not ended by then is said to be on its way. */
    private static final Duration STORY_MAX = Duration.ofSeconds(90);

    private DemoOrders() {}

    static void show() throws IOException, InterruptedException, GatewayClient.RefusedException {
        GatewayClient running = running();
        if (running == null) {
            System.out.println("No gateway answers here; one is started for the demo alone.");
            tell(DemoHouse.open(Clock.systemUTC()));
            System.out.println("This gateway ends now. ./heliograph up keeps one, and then: ./heliograph demo orders,"
                    + "\n./heliograph send-test --user " + OrderStory.ENGLISH + ", GET /v1/users/" + OrderStory.HINDI
                    + "/notifications");
        } else {
            tell(running);
            System.out.println("More: ./heliograph send-test --user " + OrderStory.ENGLISH
                    + ", and each of them as the API has it:\n  curl -sS " + running.url() + "/v1/users/"
                    + OrderStory.HINDI + "/notifications -H \"Authorization: Bearer $KEY\"");
        }
    }

    /** Null where nobody answers and nobody said that somebody would. */
    static @Nullable GatewayClient running() throws IOException, InterruptedException, GatewayClient.RefusedException {
        try {
            GatewayClient gateway = GatewayClient.fromEnvironment();
            var _ = gateway.get("/v1/account");
            return gateway;
        } catch (IOException e) {
            if (GatewayAddress.isSet(System.getenv())) {
                throw e;
            }
            return null;
        }
    }

    private static void tell(GatewayClient gateway)
            throws IOException, InterruptedException, GatewayClient.RefusedException {
        new OrderStory(gateway, System.out, Paint.ofTerminal()).tell(System.nanoTime() + STORY_MAX.toNanos());
    }
}
