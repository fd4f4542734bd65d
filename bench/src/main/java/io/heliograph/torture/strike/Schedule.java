package io.heliograph.torture.strike;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** When whom is struck how: the same seed makes the same schedule. */
public final class Schedule {
    /** The first blows fall when the load has begun, the last ones leave time to be noticed under load. */
    private static final int QUIET_MILLIS = 1_500;

    private static final int GAP_MILLIS_MIN = 500;
    private static final int GAP_MILLIS_MAX = 3_500;
    private static final int DOWN_MILLIS_MAX = 3_000;
    /** Long enough that others call what it held unknown while it sleeps. */
    private static final int FROZEN_MILLIS_MAX = 9_000;

    /** Of a hundred blows; the rest is for our own processes. A broker takes long to start. */
    private static final int ON_POSTGRES = 14;

    private static final int ON_BROKER = 12;

    private Schedule() {}

    public static List<Strike> of(long seed, Duration duration, List<String> programs) {
        RandomGenerator random = new SplittableRandom(seed);
        List<Strike> strikes = new ArrayList<>();
        long end = duration.toMillis() - QUIET_MILLIS;
        for (long at = QUIET_MILLIS; at < end; at += random.nextLong(GAP_MILLIS_MIN, GAP_MILLIS_MAX)) {
            strikes.add(strike(random, at, programs));
        }
        return List.copyOf(strikes);
    }

    private static Strike strike(RandomGenerator random, long at, List<String> programs) {
        int draw = random.nextInt(100);
        boolean postgres = draw < ON_POSTGRES;
        boolean broker = !postgres && draw < ON_POSTGRES + ON_BROKER;
        String victim =
                postgres ? Victim.POSTGRES : broker ? Victim.BROKER : programs.get(random.nextInt(programs.size()));
        Action action = action(random, broker);
        int downMax = action == Action.FREEZE && !postgres ? FROZEN_MILLIS_MAX : DOWN_MILLIS_MAX;
        return new Strike(Duration.ofMillis(at), victim, action, Duration.ofMillis(random.nextInt(downMax)));
    }

    private static Action action(RandomGenerator random, boolean broker) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> Action.FREEZE;
            case 2 -> broker ? Action.WIPE : Action.KILL;
            default -> Action.KILL;
        };
    }
}
