package io.heliograph.gateway.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What Twilio's SDKs log in with, and what an account's status callbacks are signed with.
 *
 * @param previousToken still good besides the new one; null when there is none, or its time has passed
 * @param previousUntil null likewise
 */
record TwilioCredential(
        long accountId,
        String accountName,
        String accountSid,
        String authToken,
        @Nullable String previousToken,
        @Nullable OffsetDateTime previousUntil) {

    boolean accepts(String token) {
        return isEqual(authToken, token) || (previousToken != null && isEqual(previousToken, token));
    }

    /** Without the tokens: a record prints all that it has. */
    @Override
    public String toString() {
        return "credential of " + accountSid;
    }

    /** In constant time, so that a token cannot be guessed byte by byte. */
    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
