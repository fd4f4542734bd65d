package io.heliograph.journeys;

import java.util.concurrent.atomic.AtomicInteger;

/** A recipient for each message, so that the simulator's ledger can tell them apart. */
final class Numbers {
    static final String PREFIX = "+447700";

    private static final AtomicInteger NEXT = new AtomicInteger();

    private Numbers() {}

    static String next() {
        return PREFIX + "%06d".formatted(NEXT.incrementAndGet());
    }
}
