package io.heliograph.simulator.ledger;

/** A bijection on 64 bits that scatters neighbours (the finalizer of SplitMix64), and its inverse. */
final class Mix {
    private static final long FIRST = 0xbf58476d1ce4e5b9L;
    private static final long SECOND = 0x94d049bb133111ebL;
    private static final long FIRST_INVERSE = inverse(FIRST);
    private static final long SECOND_INVERSE = inverse(SECOND);

    private Mix() {}

    static long mix(long value) {
        long mixed = (value ^ value >>> 30) * FIRST;
        mixed = (mixed ^ mixed >>> 27) * SECOND;
        return mixed ^ mixed >>> 31;
    }

    static long unmix(long mixed) {
        long value = unshift(mixed, 31) * SECOND_INVERSE;
        value = unshift(value, 27) * FIRST_INVERSE;
        return unshift(value, 30);
    }

    /** Undoes {@code x ^ x >>> shift}: each round sets {@code shift} more of the upper bits right. */
    private static long unshift(long mixed, int shift) {
        long value = mixed;
        for (int right = shift; right < Long.SIZE; right += shift) {
            value = mixed ^ value >>> shift;
        }
        return value;
    }

    /** Newton's method modulo 2^64; each round doubles the number of right bits. */
    private static long inverse(long odd) {
        long inverse = odd;
        for (int round = 0; round < 6; round++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
