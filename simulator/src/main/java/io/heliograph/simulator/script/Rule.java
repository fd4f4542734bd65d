package io.heliograph.simulator.script;

import io.heliograph.simulator.ledger.Provider;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** For whom, when, how often, and what: the parts of a behaviour that are null are left to less specific rules. */
record Rule(
        Scope scope,
        double share,
        Times times,
        @Nullable Latency latency,
        @Nullable Answer answer,
        @Nullable Outcome outcome,
        @Nullable CallbackPlan callbacks) {
    /**
     * Whom and when a rule is for: a provider or all of them; a sender or all of them; a recipient, those with a suffix or everybody; a stretch
     * of milliseconds since the script began, its end excluded; and whether look-ups and health checks are meant too.
     */
    record Scope(
            @Nullable Provider provider,
            @Nullable String from,
            @Nullable String to,
            @Nullable String toSuffix,
            long fromMillis,
            long untilMillis,
            boolean everyCall) {
        /** The more specific recipient, then a named sender, then a named provider. */
        static final Comparator<Scope> MOST_SPECIFIC_FIRST = Comparator.comparingInt(Scope::specificity)
                .reversed()
                .thenComparing(scope -> scope.from == null)
                .thenComparing(scope -> scope.provider == null);

        boolean includes(Moment moment, long elapsedMillis) {
            return (provider == null || provider == moment.provider())
                    && (from == null || from.equals(moment.sender()))
                    && elapsedMillis >= fromMillis
                    && elapsedMillis < untilMillis;
        }

        boolean includes(String recipient) {
            return to != null ? to.equals(recipient) : toSuffix == null || recipient.endsWith(toSuffix);
        }

        boolean isForEverybody() {
            return to == null && toSuffix == null;
        }

        private int specificity() {
            return to != null ? Integer.MAX_VALUE : toSuffix == null ? 0 : toSuffix.length();
        }
    }

    /** True when it is decided once for a whole call, not for each of the call's recipients. */
    boolean isForCall() {
        return scope.isForEverybody()
                && !times.isApart()
                && (latency != null || (answer != null && !(answer instanceof Answer.InvalidNumber)));
    }

    /** True when the rule is for this recipient; that uses up one of its times. */
    boolean takes(String to, @Nullable String identity, RandomGenerator random) {
        return scope.includes(to) && (share >= 1 || random.nextDouble() < share) && times.take(to, identity);
    }
}
