package io.heliograph.torture.audit;

import java.util.List;
import java.util.Map;

/**
 * The three books, compared.
 *
 * @param findings that must not be
 * @param doubts that may be, and that one wants to look at all the same
 * @param violations of the rule that every message is settled or has exactly one promise
 * @param takenBy each provider, by its name
 * @param takenByBoth providers, as messages or as recipients
 * @param longestPauseMillis in which nothing at all was sent
 */
public record Result(
        long accepted,
        Map<Verdict, Long> verdicts,
        long violations,
        Map<String, Long> takenBy,
        long takenByBoth,
        long longestPauseMillis,
        List<Finding> findings,
        List<Finding> doubts) {

    public long count(Verdict verdict) {
        return verdicts.getOrDefault(verdict, 0L);
    }

    public boolean isClean() {
        return findings.isEmpty() && violations == 0;
    }
}
