package io.heliograph.gateway.twilio.reading;

import io.heliograph.gateway.twilio.words.TwilioMessage;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads what people have written for the Twilio-compatible API. */
final class TwilioInboundStore {
    private static final String FIND = """
        SELECT id, channel, sender, recipient, body, media, received_at
        FROM inbound_message
        WHERE id = $1 AND account_id = $2 AND erased_at IS NULL""";

    // Four statements rather than one: each is planned for its index, and goes along it in one direction.
    private static final String OLDER = """
        SELECT id, channel, sender, recipient, body, media, received_at
        FROM inbound_message
        WHERE account_id = $1 AND id > $2 AND id < $3 AND erased_at IS NULL
          AND ($4::text IS NULL OR recipient = $4) AND ($5::text IS NULL OR channel = $5)
          AND ($6::timestamptz IS NULL OR received_at >= $6) AND ($7::timestamptz IS NULL OR received_at < $7)
        ORDER BY id DESC LIMIT $8""";

    private static final String NEWER = """
        SELECT id, channel, sender, recipient, body, media, received_at
        FROM inbound_message
        WHERE account_id = $1 AND id > $2 AND id < $3 AND erased_at IS NULL
          AND ($4::text IS NULL OR recipient = $4) AND ($5::text IS NULL OR channel = $5)
          AND ($6::timestamptz IS NULL OR received_at >= $6) AND ($7::timestamptz IS NULL OR received_at < $7)
        ORDER BY id LIMIT $8""";

    private static final String OLDER_OF_PERSON = """
        SELECT id, channel, sender, recipient, body, media, received_at
        FROM inbound_message
        WHERE account_id = $1 AND sender = $9 AND id > $2 AND id < $3 AND erased_at IS NULL
          AND ($4::text IS NULL OR recipient = $4) AND ($5::text IS NULL OR channel = $5)
          AND ($6::timestamptz IS NULL OR received_at >= $6) AND ($7::timestamptz IS NULL OR received_at < $7)
        ORDER BY id DESC LIMIT $8""";

    private static final String NEWER_OF_PERSON = """
        SELECT id, channel, sender, recipient, body, media, received_at
        FROM inbound_message
        WHERE account_id = $1 AND sender = $9 AND id > $2 AND id < $3 AND erased_at IS NULL
          AND ($4::text IS NULL OR recipient = $4) AND ($5::text IS NULL OR channel = $5)
          AND ($6::timestamptz IS NULL OR received_at >= $6) AND ($7::timestamptz IS NULL OR received_at < $7)
        ORDER BY id LIMIT $8""";

    private final Pool pool;

    TwilioInboundStore(Pool pool) {
        this.pool = pool;
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
    Future<List<TwilioMessage>> list(long accountId, MessageFilter filter, PageRequest page, int limit) {
        Tuple parameters = Tuple.of(accountId)
                .addUUID(page.after(filter.from()))
                .addUUID(page.before(filter.until()))
                .addString(filter.recipient())
                .addString(filter.channel())
                .addOffsetDateTime(filter.sentFrom())
                .addOffsetDateTime(filter.sentBefore())
                .addInteger(limit);
        String statement = page.backwards() ? NEWER : OLDER;
        if (filter.sender() != null) {
            statement = page.backwards() ? NEWER_OF_PERSON : OLDER_OF_PERSON;
            parameters.addString(filter.sender());
        }
        return pool.preparedQuery(statement)
                .execute(parameters)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(TwilioMessage::inbound)
                        .toList());
    }
}
