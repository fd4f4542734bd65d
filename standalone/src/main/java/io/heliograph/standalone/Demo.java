package io.heliograph.standalone;

import io.heliograph.runtime.CommandLine;
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

    private static final String USAGE = """
            usage: ./heliograph demo %s

            orders         what two people hear of an order, by which channels, in their languages
            appointments   what patients hear of their visits: booked, moved, reminded of, cancelled
            chat           book a visit by writing: a chat in this terminal with a clinic's WhatsApp number
            sos            who is asked for blood, what they answer, and what the patient gets to know

            orders and chat go through the gateway that runs: HELIOGRAPH_URL (else HELIOGRAPH_HTTP_PORT, else where `up` in
            this directory is) and HELIOGRAPH_API_KEY; chat also through its simulator: HELIOGRAPH_SIMULATOR_URL. Where none
            runs, one is started for the demo alone.""".formatted(String.join("|", STORIES.keySet()));

    private Demo() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (CommandLine.asksForHelp(List.of(arguments))) {
            System.out.println(USAGE);
            return;
        }
        Story story = arguments.length == 1 ? STORIES.get(List.of(arguments).getFirst()) : null;
        if (story == null) {
            exit(2, (arguments.length == 0 ? "say which" : "there is none of that name") + "\n\n" + USAGE);
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
