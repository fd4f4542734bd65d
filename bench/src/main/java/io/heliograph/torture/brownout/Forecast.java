package io.heliograph.torture.brownout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** When which trouble comes: the same seed makes the same forecast. */
public final class Forecast {
    private static final long FIRST_MILLIS = 2_000;
    private static final long LASTING_MILLIS_MIN = 3_500;
    private static final long LASTING_MILLIS_MAX = 10_000;
    /** One of something that is over in a moment. */
    private static final long SPIKE_MILLIS = 1_500;
    /** After each, so that the provider can come back before the next. */
    private static final long REST_MILLIS = 4_000;
    /** Both in turn, and each kind: so many brown-outs with their rests fill a run of usual length. */
    private static final int PARTS = 15;

    private Forecast() {}

    /** The two providers fail in turn, with no time to breathe; then everything else, in any order, as long as there is time. */
    public static List<Brownout> of(long seed, Duration duration) {
        Random random = new Random(seed);
        long lasting = Math.clamp(duration.toMillis() / PARTS, LASTING_MILLIS_MIN, LASTING_MILLIS_MAX);
        List<Brownout> brownouts = new ArrayList<>();
        long at = FIRST_MILLIS;
        List<Trouble> coming = inTurn();
        while (at + lasting <= duration.toMillis()) {
            Trouble trouble = coming.removeFirst();
            long millis = trouble == Trouble.SPIKE ? SPIKE_MILLIS : lasting;
            brownouts.add(new Brownout(Duration.ofMillis(at), Duration.ofMillis(millis), trouble));
            at += brownouts.size() == 1 ? millis : millis + REST_MILLIS;
            if (coming.isEmpty()) {
                coming = new ArrayList<>(List.of(Trouble.values()));
                Collections.shuffle(coming, random);
            }
        }
        return List.copyOf(brownouts);
    }

    private static List<Trouble> inTurn() {
        return new ArrayList<>(List.of(Trouble.BLACK_HOLE, Trouble.SLOW_503));
    }
}
