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

    /** Here the person is the sender. */
    private static final Listing RECEIVED = new Listing(
            "inbound_message",
            "id, channel, sender, recipient, body, media, received_at",
            "erased_at IS NULL",
            "received_at");

    private static final Walks ALL = RECEIVED.all();
    private static final Walks OF_PERSON =
            RECEIVED.with("sender", "", "AND channel = $9 AND ($10::text IS NULL OR recipient = $10)");
    private static final Walks TO_NUMBER = RECEIVED.with("recipient", "", "AND channel = $9");

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
        Walks walks = TO_NUMBER;
        if (address == null) {
            walks = ALL;
        } else if (filter.sender() != null) {
            parameters.addString(filter.recipient());
            walks = OF_PERSON;
        }
        return TwilioListStore.look(
                pool, walks.towards(page.backwards()), stretch, parameters, limit, TwilioMessage::inbound);
    }
}
