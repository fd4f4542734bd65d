package io.heliograph.gateway.twilio.reading;

import io.heliograph.gateway.twilio.reading.Walks.Walk;
import io.heliograph.gateway.twilio.words.TwilioMessage;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lists messages to people. No index knows when a message was sent, because an index on a column that changes would make every send
 * dearer; so a page goes over so many messages along an index and no more, and says where it stopped.
 */
final class TwilioListStore {
    private static final Listing SENT = new Listing(
            "message",
            "id, channel, recipient, sender, body, media_urls, segments, status, reason, attempt, created_at, sent_at, settled_at,"
                    + " messaging_service_sid, answers, notification_type",
            "deleted_at IS NULL AND channel IN ('sms', 'whatsapp')",
            "sent_at");

    private static final Walks ALL = SENT.all();
    private static final Walks TO_RECIPIENT =
            SENT.with("recipient", "", "AND channel = $9 AND ($10::text IS NULL OR sender = $10)");
    private static final Walks FROM_SENDER = SENT.with("sender", "AND sender IS NOT NULL ", "AND channel = $9");

    private final Pool pool;
    private final int lookMax;

    /** {@code lookMax}: the messages that one page goes over. */
    TwilioListStore(Pool pool, int lookMax) {
        this.pool = pool;
        this.lookMax = lookMax;
    }

    /** At most {@code limit}, from the bound that the page begins at, away from it. */
    Future<Look> list(long accountId, MessageFilter filter, PageRequest page, int limit) {
        String address = filter.recipient() == null ? filter.sender() : filter.recipient();
        Stretch stretch = Stretch.of(accountId, filter, page, lookMax, address);
        Tuple parameters = filter.addTo(stretch.parameters().addInteger(limit));
        Walks walks = FROM_SENDER;
        if (address == null) {
            walks = ALL;
        } else if (filter.recipient() != null) {
            parameters.addString(filter.sender());
            walks = TO_RECIPIENT;
        }
        return look(pool, walks.towards(page.backwards()), stretch, parameters, limit, TwilioMessage::of);
    }

    /** What is short of the limit has gone over the whole stretch, so that its end has to be known. */
    static Future<Look> look(
            Pool pool, Walk walk, Stretch stretch, Tuple parameters, int limit, Function<Row, TwilioMessage> read) {
        return pool.preparedQuery(walk.list()).execute(parameters).compose(rows -> {
            List<TwilioMessage> found =
                    StreamSupport.stream(rows.spliterator(), false).map(read).toList();
            return found.size() >= limit
                    ? Future.succeededFuture(new Look(found, null))
                    : end(pool, walk, stretch).map(end -> new Look(found, end));
        });
    }

    private static Future<@Nullable UUID> end(Pool pool, Walk walk, Stretch stretch) {
        return pool.preparedQuery(walk.last())
                .execute(stretch.parameters())
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getUUID("id"));
    }
}
