package io.heliograph.simulator.callbacks;

import io.heliograph.simulator.http.Form;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a call is repeated, as the URL's fragment asks ({@code #rc=3&rp=5xx,ct,rt&ct=3000&rt=8000&tt=15000}): by default
 * once, and only when no connection could be made.
 */
public record RetryRules(
        int retries, Set<String> when, int connectTimeoutMillis, int readTimeoutMillis, int totalMillis) {
    static final RetryRules NORMAL = new RetryRules(1, Set.of("ct"), 5_000, 15_000, 15_000);

    /** Takes what is out of its range as not given. */
    static RetryRules parse(String fragment) {
        Form rules = Form.parse(fragment);
        String when = rules.given("rp");
        return new RetryRules(
                within(rules.get("rc"), 0, 5, NORMAL.retries),
                when == null ? NORMAL.when : Set.of(when.split(",")),
                within(rules.get("ct"), 100, 10_000, NORMAL.connectTimeoutMillis),
                within(rules.get("rt"), 100, 15_000, NORMAL.readTimeoutMillis),
                within(rules.get("tt"), 100, 15_000, NORMAL.totalMillis));
    }

    /** The failure is {@code ct}, {@code rt}, {@code 4xx} or {@code 5xx}. */
    boolean repeats(String failure, int attemptsMade, long elapsedMillis) {
        return attemptsMade <= retries
                && elapsedMillis < totalMillis
                && (when.contains(failure) || when.contains("all"));
    }

    private static int within(@Nullable String text, int min, int max, int fallback) {
        try {
            int value = text == null ? fallback : Integer.parseInt(text);
            return value < min || value > max ? fallback : value;
        } catch (NumberFormatException e) {
            return fallback;
        }
    }
}
