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

    /** All kinds but the spike. */
    private static final int LASTING_KINDS = Trouble.values().length - 1;

    private Forecast() {}

    /**
     * The two providers fail in turn, with no time to breathe; then everything else, in any order, as long as there is time. Each kind
     * comes once before any comes again, however short the time is.
     */
    public static List<Brownout> of(long seed, Duration duration) {
        Random random = new Random(seed);
        long usual = Math.clamp(duration.toMillis() / PARTS, LASTING_MILLIS_MIN, LASTING_MILLIS_MAX);
        // Where the time is short, first there is less rest, and then less of each.
        long each = (duration.toMillis() - FIRST_MILLIS - SPIKE_MILLIS) / LASTING_KINDS;
        long lasting = Math.min(usual, each);
        long rest = Math.clamp(each - lasting, 0, REST_MILLIS);
        List<Brownout> brownouts = new ArrayList<>();
        long at = FIRST_MILLIS;
        List<Trouble> coming = first(random);
        while (at + millis(coming.getFirst(), lasting) <= duration.toMillis()) {
            Trouble trouble = coming.removeFirst();
            long millis = millis(trouble, lasting);
            brownouts.add(new Brownout(Duration.ofMillis(at), Duration.ofMillis(millis), trouble));
            at += brownouts.size() == 1 ? millis : millis + rest;
            if (coming.isEmpty()) {
                coming = shuffled(List.of(Trouble.values()), random);
            }
        }
        return List.copyOf(brownouts);
    }

    private static long millis(Trouble trouble, long lasting) {
        return trouble == Trouble.SPIKE ? SPIKE_MILLIS : lasting;
    }

    private static List<Trouble> first(Random random) {
        List<Trouble> inTurn = List.of(Trouble.BLACK_HOLE, Trouble.SLOW_503);
        List<Trouble> others = new ArrayList<>(List.of(Trouble.values()));
        boolean _ = others.removeAll(inTurn);
        List<Trouble> first = new ArrayList<>(inTurn);
        boolean _ = first.addAll(shuffled(others, random));
        return first;
    }

    private static List<Trouble> shuffled(List<Trouble> troubles, Random random) {
        List<Trouble> shuffled = new ArrayList<>(troubles);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
