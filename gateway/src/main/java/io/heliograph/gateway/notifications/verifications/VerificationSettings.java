package io.heliograph.gateway.notifications.verifications;

import io.heliograph.gateway.notifications.verifications.issuing.Limits;
import io.heliograph.runtime.Environment;
import org.jspecify.annotations.Nullable;

/**
 * What an operator may say about one-time codes.
 *
 * @param key codes are hashed with; null for one that the database has made
 * @param previousKey the key before, good for checks only; or the next one, before it is used
 */
public record VerificationSettings(
        @Nullable String key, @Nullable String previousKey, Limits limits) {
    /** As many characters as the hash has bytes. */
    private static final int KEY_LENGTH_MIN = 32;

    private static final int CODES_MAX = 1_000_000_000;

    public static VerificationSettings read(Environment environment) {
        return new VerificationSettings(
                key(environment, "HELIOGRAPH_VERIFICATION_KEY"),
                key(environment, "HELIOGRAPH_VERIFICATION_KEY_PREVIOUS"),
                new Limits(
                        limit(environment, "HELIOGRAPH_CODES_PER_NUMBER_HOUR_MAX", 5),
                        limit(environment, "HELIOGRAPH_CODES_PER_NUMBER_DAY_MAX", 10),
                        limit(environment, "HELIOGRAPH_CODES_PER_PREFIX_HOUR_MAX", 200),
                        environment.integer("HELIOGRAPH_CODES_PREFIX_DIGITS", 7, 1, 15),
                        limit(environment, "HELIOGRAPH_CODES_PER_CLIENT_IP_HOUR_MAX", 20),
                        limit(environment, "HELIOGRAPH_CODES_PER_ACCOUNT_MINUTE_MAX", 6_000),
                        environment.integer("HELIOGRAPH_CODES_BLOCK_LOW_CONVERSION", 0, 0, 1) == 1));
    }

    /** 0 is no limit. */
    private static int limit(Environment environment, String name, int usual) {
        return environment.integer(name, usual, 0, CODES_MAX);
    }

    private static @Nullable String key(Environment environment, String name) {
        String key = environment.secret(name);
        if (key != null && key.length() < KEY_LENGTH_MIN) {
            environment.mistake(name, "wants at least " + KEY_LENGTH_MIN + " characters");
        }
        return key;
    }

    /** Tells no key. */
    @Override
    public String toString() {
        return "VerificationSettings[limits=" + limits + "]";
    }
}
