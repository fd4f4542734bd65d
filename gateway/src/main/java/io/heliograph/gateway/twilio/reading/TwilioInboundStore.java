package io.heliograph.gateway.twilio.reading;

import io.heliograph.gateway.twilio.words.TwilioMessage;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what people have written for the Twilio-compatible API. */
final class TwilioInboundStore {
    private static final String FIND = """
        SELECT id, channel, sender, recipient, body, media, received_at
        FROM inbound_message
        WHERE id = $1 AND account_id = $2 AND erased_at IS NULL""";

    // As those of what was sent; here the person is the sender.
    private static final Walk OLDER = new Walk("""
        SELECT id, channel, sender, recipient, body, media, received_at
        FROM (SELECT * FROM inbound_message
              WHERE account_id = $1 AND id > $2 AND id < $3 ORDER BY id DESC LIMIT $4) AS looked_at
        WHERE erased_at IS NULL
          AND ($6::timestamptz IS NULL OR received_at >= $6) AND ($7::timestamptz IS NULL OR received_at < $7)
        LIMIT $5""", """
        SELECT id FROM inbound_message
        WHERE account_id = $1 AND id > $2 AND id < $3 ORDER BY id DESC OFFSET $4 - 1 LIMIT 1""");

    private static final Walk NEWER = new Walk("""
        SELECT id, channel, sender, recipient, body, media, received_at
        FROM (SELECT * FROM inbound_message
              WHERE account_id = $1 AND id > $2 AND id < $3 ORDER BY id LIMIT $4) AS looked_at
        WHERE erased_at IS NULL
          AND ($6::timestamptz IS NULL OR received_at >= $6) AND ($7::timestamptz IS NULL OR received_at < $7)
        LIMIT $5""", """
        SELECT id FROM inbound_message
        WHERE account_id = $1 AND id > $2 AND id < $3 ORDER BY id OFFSET $4 - 1 LIMIT 1""");

    private static final Walk OLDER_OF_PERSON = new Walk("""
        SELECT id, channel, sender, recipient, body, media, received_at
        FROM (SELECT * FROM inbound_message
              WHERE account_id = $1 AND (sender, id) > ($5, $2) AND (sender, id) < ($5, $3)
                AND id > $2 AND id < $3
              ORDER BY sender DESC, id DESC LIMIT $4) AS looked_at
        WHERE erased_at IS NULL
          AND ($7::timestamptz IS NULL OR received_at >= $7) AND ($8::timestamptz IS NULL OR received_at < $8)
          AND channel = $9 AND ($10::text IS NULL OR recipient = $10)
        LIMIT $6""", """
        SELECT id FROM inbound_message
        WHERE account_id = $1 AND (sender, id) > ($5, $2) AND (sender, id) < ($5, $3)
          AND id > $2 AND id < $3
        ORDER BY sender DESC, id DESC OFFSET $4 - 1 LIMIT 1""");

    private static final Walk NEWER_OF_PERSON = new Walk("""
        SELECT id, channel, sender, recipient, body, media, received_at
        FROM (SELECT * FROM inbound_message
              WHERE account_id = $1 AND (sender, id) > ($5, $2) AND (sender, id) < ($5, $3)
                AND id > $2 AND id < $3
              ORDER BY sender, id LIMIT $4) AS looked_at
        WHERE erased_at IS NULL
          AND ($7::timestamptz IS NULL OR received_at >= $7) AND ($8::timestamptz IS NULL OR received_at < $8)
          AND channel = $9 AND ($10::text IS NULL OR recipient = $10)
        LIMIT $6""", """
        SELECT id FROM inbound_message
        WHERE account_id = $1 AND (sender, id) > ($5, $2) AND (sender, id) < ($5, $3)
          AND id > $2 AND id < $3
        ORDER BY sender, id OFFSET $4 - 1 LIMIT 1""");

    private static final Walk OLDER_TO_NUMBER = new Walk("""
        SELECT id, channel, sender, recipient, body, media, received_at
        FROM (SELECT * FROM inbound_message
              WHERE account_id = $1 AND (recipient, id) > ($5, $2) AND (recipient, id) < ($5, $3)
                AND id > $2 AND id < $3
              ORDER BY recipient DESC, id DESC LIMIT $4) AS looked_at
        WHERE erased_at IS NULL
          AND ($7::timestamptz IS NULL OR received_at >= $7) AND ($8::timestamptz IS NULL OR received_at < $8)
          AND channel = $9
        LIMIT $6""", """
        SELECT id FROM inbound_message
        WHERE account_id = $1 AND (recipient, id) > ($5, $2) AND (recipient, id) < ($5, $3)
          AND id > $2 AND id < $3
        ORDER BY recipient DESC, id DESC OFFSET $4 - 1 LIMIT 1""");

    private static final Walk NEWER_TO_NUMBER = new Walk("""
        SELECT id, channel, sender, recipient, body, media, received_at
        FROM (SELECT * FROM inbound_message
              WHERE account_id = $1 AND (recipient, id) > ($5, $2) AND (recipient, id) < ($5, $3)
                AND id > $2 AND id < $3
              ORDER BY recipient, id LIMIT $4) AS looked_at
        WHERE erased_at IS NULL
          AND ($7::timestamptz IS NULL OR received_at >= $7) AND ($8::timestamptz IS NULL OR received_at < $8)
          AND channel = $9
        LIMIT $6""", """
        SELECT id FROM inbound_message
        WHERE account_id = $1 AND (recipient, id) > ($5, $2) AND (recipient, id) < ($5, $3)
          AND id > $2 AND id < $3
        ORDER BY recipient, id OFFSET $4 - 1 LIMIT 1""");

    private final Pool pool;
    private final int lookMax;

    TwilioInboundStore(Pool pool, int lookMax) {
        this.pool = pool;
        this.lookMax = lookMax;
    }

    /** Null when nobody has written one with this id to the account. */
    Future<@Nullable TwilioMessage> find(UUID id, long accountId) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(id, accountId))
                .map(rows -> rows.size() == 0
                        ? null
                        : TwilioMessage.inbound(rows.iterator().next()));
    }

    /** At most {@code limit}, from the bound that the page begins at, away from it. */
    Future<Look> list(long accountId, MessageFilter filter, PageRequest page, int limit) {
        String address = filter.sender() == null ? filter.recipient() : filter.sender();
        Stretch stretch = Stretch.of(accountId, filter, page, lookMax, address);
        Tuple parameters = filter.addTo(stretch.parameters().addInteger(limit));
        Walk walk;
        if (address == null) {
            walk = page.backwards() ? NEWER : OLDER;
        } else if (filter.sender() == null) {
            walk = page.backwards() ? NEWER_TO_NUMBER : OLDER_TO_NUMBER;
        } else {
            parameters.addString(filter.recipient());
            walk = page.backwards() ? NEWER_OF_PERSON : OLDER_OF_PERSON;
        }
        return TwilioListStore.look(pool, walk, stretch, parameters, limit, TwilioMessage::inbound);
    }
}
