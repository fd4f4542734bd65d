package io.heliograph.standalone;

import io.heliograph.simulator.SimulatorControl;
import io.heliograph.standalone.DemoHouse.House;
import io.heliograph.standalone.commands.BookingChat;
import io.heliograph.standalone.commands.GatewayClient;
import io.heliograph.standalone.commands.Paint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./heliograph demo chat}: a chat with the conversation in which visits are booked, through the house that runs; where none does, through one
 * that is started for it. What is piped in is said line by line.
 */
@SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
final class DemoChat {
    /** From the API's port to the usual one of the simulator beside it. */
    private static final int PORTS_APART = 10;

    private DemoChat() {}

    static void show() throws IOException, InterruptedException, GatewayClient.RefusedException {
        GatewayClient running = DemoOrders.running();
        if (running == null) {
            System.out.println("No gateway answers here; one is started for the demo alone.");
        }
        House house = running == null
                ? DemoHouse.start(Clock.systemUTC())
                : new House(running, simulatorBeside(running.url()));
        BufferedReader typed = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (SimulatorControl simulator = new SimulatorControl(house.simulatorUrl())) {
            requireSimulator(simulator, house.simulatorUrl());
            String inbound = inboundUrl(
                    simulator.inboundUrl(), System.getenv(), house.gateway().url());
            new BookingChat(house.gateway(), simulator, inbound, typed, System.out, Paint.ofTerminal()).hold();
        }
        System.out.println("How it is set up: docs/booking-conversation.md");
    }

    /**
     * Where the simulator brings messages. It signs that URL, and the gateway checks it against its HELIOGRAPH_PUBLIC_URL: so what the simulator was set up with
     * goes first, and then what this terminal knows of it.
     */
    static String inboundUrl(@Nullable String ofSimulator, Map<String, String> environment, String gatewayUrl) {
        if (ofSimulator != null) {
            return ofSimulator;
        }
        String set = environment.getOrDefault("HELIOGRAPH_PUBLIC_URL", "").trim();
        return (set.isEmpty() ? gatewayUrl : set).replaceFirst("/$", "") + "/callbacks/twilio/inbound";
    }

    private static String simulatorBeside(String gatewayUrl) {
        URI url = URI.create(gatewayUrl);
        return System.getenv()
                .getOrDefault(
                        "HELIOGRAPH_SIMULATOR_URL",
                        url.getScheme() + "://" + url.getHost() + ":" + (url.getPort() + PORTS_APART));
    }

    /** A telephone that everybody has would do as well, and is not here. */
    private static void requireSimulator(SimulatorControl simulator, String url) throws IOException {
        try {
            var _ = simulator.summary();
        } catch (RuntimeException e) {
            throw new IOException(
                    "no simulator answers at " + url + ". Say where yours is: HELIOGRAPH_SIMULATOR_URL=http://...", e);
        }
    }
}
