package io.heliograph.gateway.twilio.reading;

import io.heliograph.gateway.twilio.words.TwilioMessage;
import io.heliograph.runtime.Ids;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was sent and what came in, as one: Twilio has one list for both. */
public final class BothWays {
    private final TwilioMessageStore sent;
    private final TwilioInboundStore received;

    public BothWays(TwilioMessageStore sent, Pool pool) {
        this.sent = sent;
        this.received = new TwilioInboundStore(pool);
    }

    /** Null when the account has none with this id. */
    Future<@Nullable TwilioMessage> find(UUID id, long accountId) {
        return sent.find(id, accountId)
                .compose(message -> message == null ? received.find(id, accountId) : Future.succeededFuture(message));
    }

    /** At most {@code limit}, from the bound that the page begins at, away from it. Both know their place by their ids' time. */
    Future<List<TwilioMessage>> list(long accountId, MessageFilter filter, PageRequest page, int limit) {
        Future<List<TwilioMessage>> out = sent.list(accountId, filter, page, limit);
        Future<List<TwilioMessage>> in = received.list(accountId, filter, page, limit);
        Comparator<UUID> order = page.backwards() ? Ids.ORDER : Ids.ORDER.reversed();
        return Future.all(out, in)
                .map(both -> Stream.concat(out.result().stream(), in.result().stream())
                        .sorted(Comparator.comparing(TwilioMessage::id, order))
                        .limit(limit)
                        .toList());
    }
}
