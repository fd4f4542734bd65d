package io.heliograph.gateway.accounts;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The credentials of accounts for the Twilio-compatible API. The database makes one with every account. */
final class TwilioCredentialStore {
    /** More accounts than this are a mistake somewhere; the newest win. */
    private static final int CREDENTIALS_MAX = 100_000;

    private static final String ALL = """
        SELECT account_id, account.name, account_sid, auth_token,
               CASE WHEN previous_until > now() THEN previous_token END AS previous_token,
               CASE WHEN previous_until > now() THEN previous_until END AS previous_until
        FROM twilio_credential JOIN account ON account.id = account_id
        ORDER BY account_id DESC LIMIT $1""";

    private static final String OF_ACCOUNT = """
        SELECT account_id, account.name, account_sid, auth_token,
               CASE WHEN previous_until > now() THEN previous_token END AS previous_token,
               CASE WHEN previous_until > now() THEN previous_until END AS previous_until
        FROM twilio_credential JOIN account ON account.id = account_id
        WHERE account_id = $1""";

    private static final String ROTATE = """
        UPDATE twilio_credential
        SET auth_token = replace(gen_random_uuid()::text, '-', ''),
            previous_token = CASE WHEN $2::bigint > 0 THEN auth_token END,
            previous_until = CASE WHEN $2::bigint > 0 THEN now() + $2::bigint * interval '1 second' END
        FROM account
        WHERE account.id = account_id AND account_id = $1
        RETURNING account_id, account.name, account_sid, auth_token, previous_token, previous_until""";

    private final Pool pool;

    TwilioCredentialStore(Pool pool) {
        this.pool = pool;
    }

    Future<List<TwilioCredential>> all() {
        return pool.preparedQuery(ALL).execute(Tuple.of(CREDENTIALS_MAX)).map(rows -> {
            List<TwilioCredential> found = new ArrayList<>(rows.size());
            rows.forEach(row -> found.add(credential(row)));
            return found;
        });
    }

    Future<TwilioCredential> of(long accountId) {
        return pool.preparedQuery(OF_ACCOUNT)
                .execute(Tuple.of(accountId))
                .map(rows -> credential(rows.iterator().next()));
    }

    /** The present token becomes the one before, and stays good for {@code overlap}; whatever was before it is forgotten. */
    Future<TwilioCredential> rotate(long accountId, Duration overlap) {
        return pool.preparedQuery(ROTATE)
                .execute(Tuple.of(accountId, overlap.toSeconds()))
                .map(rows -> credential(rows.iterator().next()));
    }

    private static TwilioCredential credential(Row row) {
        return new TwilioCredential(
                row.getLong("account_id"),
                row.getString("name"),
                row.getString("account_sid"),
                row.getString("auth_token"),
                row.getString("previous_token"),
                row.getOffsetDateTime("previous_until"));
    }
}
