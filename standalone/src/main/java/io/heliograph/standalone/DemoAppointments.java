package io.heliograph.standalone;

import io.heliograph.standalone.commands.AppointmentStory;
import io.heliograph.standalone.commands.ForwardClock;
import io.heliograph.standalone.commands.GatewayClient;
import io.heliograph.standalone.commands.Paint;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/**
 * {@code ./heliograph demo appointments}: a visit is booked, moved, reminded of, cancelled and completed, and what the patient hears of each. In a
 * house of its own, whose gateway goes by a clock that is put forward.
 */
@SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
final class DemoAppointments {
    /** For all of it; what has not ended by then is said to be on its way. */
    private static final Duration STORY_MAX = Duration.ofSeconds(90);

    private DemoAppointments() {}

    static void show() throws IOException, InterruptedException, GatewayClient.RefusedException {
        System.out.println("A clinic for the demo alone, with a clock of its own.");
        ForwardClock clock = new ForwardClock(Clock.systemUTC());
        GatewayClient gateway = DemoHouse.open(clock);
        new AppointmentStory(gateway, clock, System.out, Paint.ofTerminal())
                .tell(System.nanoTime() + STORY_MAX.toNanos());
        System.out.println(
                "This clinic closes now. ./heliograph up keeps one: docs/appointments.md says how it is opened.");
    }
}
