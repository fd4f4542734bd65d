package io.heliograph.gateway.twilio.reading;

import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.twilio.words.TwilioMessage;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads messages to people for the Twilio-compatible API: all of an account but email, however they were accepted. */
public final class TwilioMessageStore {
    private static final String FIND = """
        SELECT id, channel, recipient, sender, body, media_urls, segments, status, reason, attempt, created_at, sent_at, settled_at,
               messaging_service_sid, answers, notification_type
        FROM message
        WHERE id = $1 AND account_id = $2 AND deleted_at IS NULL AND channel IN ('sms', 'whatsapp')""";

    private static final String FIND_BY_KEY = """
        SELECT m.id, channel, recipient, sender, body, media_urls, segments, status, reason, attempt, m.created_at, sent_at,
               settled_at, messaging_service_sid, answers, notification_type
        FROM idempotency i JOIN message m ON m.id = i.message_id
        WHERE i.account_id = $1 AND i.key = $2 AND i.request_hash = $3 AND deleted_at IS NULL""";

    private final Pool pool;

    public TwilioMessageStore(Pool pool) {
        this.pool = pool;
    }

    /** Null when the account has none with this id. */
    public Future<@Nullable TwilioMessage> find(UUID id, long accountId) {
        return pool.preparedQuery(FIND).execute(Tuple.of(id, accountId)).map(TwilioMessageStore::firstOrNull);
    }

    /** What was accepted under this key for the same request; null for nothing. */
    public Future<@Nullable TwilioMessage> findByKey(long accountId, AcceptIntent.Key key) {
        return pool.preparedQuery(FIND_BY_KEY)
                .execute(Tuple.of(accountId, key.value(), key.requestHash()))
                .map(TwilioMessageStore::firstOrNull);
    }

    private static @Nullable TwilioMessage firstOrNull(RowSet<Row> rows) {
        return rows.size() == 0 ? null : TwilioMessage.of(rows.iterator().next());
    }
}
