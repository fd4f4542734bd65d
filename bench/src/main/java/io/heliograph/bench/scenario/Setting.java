package io.heliograph.bench.scenario;

import io.heliograph.bench.rig.Rig;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What a scenario may use.
 *
 * @param y the yardstick, as measured before the scenarios
 * @param duration of each measured load
 * @param steadyDuration of a load that has to hold
 * @param warmUp until the compilers have seen what matters
 * @param progress takes a line for whoever waits
 */
public record Setting(
        Rig rig, double y, Duration duration, Duration steadyDuration, Duration warmUp, Consumer<String> progress) {}
