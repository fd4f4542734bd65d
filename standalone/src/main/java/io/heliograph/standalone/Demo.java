package io.heliograph.standalone;

import io.heliograph.standalone.commands.GatewayClient;
import io.heliograph.standalone.embedded.CannotStartException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code ./heliograph demo NAME}: shows what one part of Heliograph is for. */
@SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
public final class Demo {
    /** One of them. */
    interface Story {
        void show() throws IOException, InterruptedException, GatewayClient.RefusedException;
    }

    private static final Map<String, Story> STORIES = new TreeMap<>(Map.of(
            "orders", DemoOrders::show,
            "appointments", DemoAppointments::show,
            "chat", DemoChat::show,
            "sos", DemoSos::show));

    private Demo() {}

    public static void main(String[] arguments) throws InterruptedException {
        Story story = arguments.length == 1 ? STORIES.get(List.of(arguments).getFirst()) : null;
        if (story == null) {
            exit(2, "usage: ./heliograph demo " + String.join("|", STORIES.keySet()));
            return;
        }
        try {
            story.show();
            // What a client or a loop may still hold open is not waited for.
            System.exit(0);
        } catch (IOException | GatewayClient.RefusedException | CannotStartException e) {
            exit(1, e.getMessage());
        } catch (RuntimeException e) {
            // Its own gateway would keep the process alive.
            exit(1, "it went wrong: " + e);
        }
    }

    private static void exit(int status, @Nullable String message) {
        System.err.println("heliograph demo: " + message);
        System.exit(status);
    }
}
