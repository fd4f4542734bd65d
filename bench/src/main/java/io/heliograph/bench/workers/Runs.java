package io.heliograph.bench.workers;

/** Names that keep the idempotency keys of one load apart from those of another. */
final class Runs {
    private Runs() {}

    static String next() {
        return "bench-" + Long.toString(System.nanoTime(), 36);
    }
}
