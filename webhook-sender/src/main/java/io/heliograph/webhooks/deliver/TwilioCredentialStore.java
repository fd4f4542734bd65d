package io.heliograph.webhooks.deliver;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The one statement that reads the credentials of the Twilio-compatible API. */
final class TwilioCredentialStore {
    private static final String CREDENTIALS = """
        SELECT account_id, account_sid, auth_token FROM twilio_credential WHERE account_id = ANY($1)""";

    private static final long SECONDS_MAX = 5;

    private final Pool pool;

    TwilioCredentialStore(Pool pool) {
        this.pool = pool;
    }

    /** By account; one without a credential is not in the answer. */
    Map<Long, TwilioCredential> of(Collection<Long> accounts) throws TimeoutException {
        if (accounts.isEmpty()) {
            return Map.of();
        }
        Map<Long, TwilioCredential> found = new HashMap<>();
        pool.preparedQuery(CREDENTIALS)
                .execute(Tuple.of(accounts.toArray(Long[]::new)))
                .await(SECONDS_MAX, TimeUnit.SECONDS)
                .forEach(row -> found.put(
                        row.getLong("account_id"),
                        new TwilioCredential(row.getString("account_sid"), row.getString("auth_token"))));
        return found;
    }
}
