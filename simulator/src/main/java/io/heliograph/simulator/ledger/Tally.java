package io.heliograph.simulator.ledger;

import java.util.function.LongConsumer;

/**
 * Counts POSTs by key, exactly and for any number of keys: 32 bytes a key in open-addressed tables, split into stripes
 * so that event loops seldom meet at the same lock.
 */
final class Tally {
    /**
     * What is known of one key; {@code lastSequence} is its newest entry in the ledger, 0 when there is none, and
     * {@code acceptedBy} has a bit for each provider that accepted it.
     */
    record Count(int received, int accepted, long lastSequence, int acceptedBy) {
        static final Count NONE = new Count(0, 0, 0, 0);
    }

    /** Is shown each key with its counts. */
    interface Visitor {
        void visit(Key key, Count count);
    }

    private static final int STRIPES = 64;

    private final Stripe[] stripes = new Stripe[STRIPES];

    Tally() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /**
     * Counts one POST and gives away the sequence of the one before it for the same key, 0 for the first: before anyone
     * can see the new one.
     */
    void add(Key key, Provider provider, boolean accepted, long sequence, LongConsumer previous) {
        stripe(key).add(key, provider, accepted, sequence, previous);
    }

    Count count(Key key) {
        return stripe(key).count(key);
    }

    long keys() {
        long keys = 0;
        for (Stripe stripe : stripes) {
            keys += stripe.keys();
        }
        return keys;
    }

    long acceptedMoreThanOnce() {
        long repeated = 0;
        for (Stripe stripe : stripes) {
            repeated += stripe.acceptedMoreThanOnce();
        }
        return repeated;
    }

    long acceptedBySeveral() {
        long several = 0;
        for (Stripe stripe : stripes) {
            several += stripe.acceptedBySeveral();
        }
        return several;
    }

    /** How many keys this provider accepted more than once. */
    long repeatedBy(Provider provider) {
        long repeated = 0;
        for (Stripe stripe : stripes) {
            repeated += stripe.repeatedBy(provider);
        }
        return repeated;
    }

    /** Walks everything; one stripe at a time is held still. */
    void forEach(Visitor visitor) {
        for (Stripe stripe : stripes) {
            stripe.forEach(visitor);
        }
    }

    private Stripe stripe(Key key) {
        return stripes[(int) (Mix.mix(key.high() ^ Long.rotateLeft(key.low(), 32)) >>> 58)];
    }
}
