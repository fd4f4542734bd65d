package io.heliograph.standalone;

import io.heliograph.standalone.embedded.DataDirectory;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/**
 * The key of the first account: the one that is set, or one that is made once and kept.
 *
 * @param shown how a command line names it: a key that was set by a person is not printed again
 */
record ApiKey(String value, String shown) {
    private static final String VARIABLE = "HELIOGRAPH_API_KEY";
    private static final int SECRET_BYTES = 24;

    static ApiKey of(Map<String, String> environment, DataDirectory directory) throws IOException {
        String set = environment.getOrDefault(VARIABLE, "");
        if (!set.isBlank()) {
            return new ApiKey(set, "$" + VARIABLE);
        }
        String kept = directory.secret(DataDirectory.API_KEY, ApiKey::random);
        return new ApiKey(kept, kept);
    }

    /** For settings that are only looked at. */
    static ApiKey none() {
        return new ApiKey("none", "none");
    }

    private static String random() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return "hg_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }
}
