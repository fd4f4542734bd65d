package io.heliograph.standalone;

import io.heliograph.simulator.SimulatorControl;
import io.heliograph.standalone.DemoHouse.House;
import io.heliograph.standalone.commands.GatewayClient;
import io.heliograph.standalone.commands.Paint;
import io.heliograph.standalone.commands.SosStory;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/**
 * {@code ./heliograph demo sos}: a patient who needs blood, the donors who are asked, and what they answer by SMS. In a house of its own, because
 * the simulator has to bring what they write.
 */
@SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
final class DemoSos {
    /** For all of it; what has not come by then is said to be on its way. */
    private static final Duration STORY_MAX = Duration.ofSeconds(90);

    private DemoSos() {}

    static void show() throws IOException, InterruptedException, GatewayClient.RefusedException {
        System.out.println("A gateway and a simulated provider for the demo alone.");
        House house = DemoHouse.start(Clock.systemUTC());
        try (SimulatorControl simulator = new SimulatorControl(house.simulatorUrl())) {
            new SosStory(house.gateway(), simulator, System.out, Paint.ofTerminal())
                    .tell(System.nanoTime() + STORY_MAX.toNanos());
        }
        System.out.println("This gateway ends now. ./heliograph up keeps one; docs/sos.md says what to ask it.");
    }
}
