package io.heliograph.gateway.twilio.reading;

import io.heliograph.gateway.twilio.words.TwilioMessage;
import io.heliograph.runtime.Ids;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was sent and what came in, as one: Twilio has one list for both. */
public final class BothWays {
    /** Messages of either kind that one page goes over, so that none takes longer than some tenths of a second. */
    public static final int LOOK_MAX = 100_000;

    private final TwilioMessageStore sent;
    private final TwilioListStore sentList;
    private final TwilioInboundStore received;

    public BothWays(TwilioMessageStore sent, Pool pool, int lookMax) {
        this.sent = sent;
        this.sentList = new TwilioListStore(pool, lookMax);
        this.received = new TwilioInboundStore(pool, lookMax);
    }

    /** Null when the account has none with this id. */
    Future<@Nullable TwilioMessage> find(UUID id, long accountId) {
        return sent.find(id, accountId)
                .compose(message -> message == null ? received.find(id, accountId) : Future.succeededFuture(message));
    }

    /** At most {@code limit}, from the bound that the page begins at, away from it. Both know their place by their ids' time. */
    Future<Look> list(long accountId, MessageFilter filter, PageRequest page, int limit) {
        Future<Look> out = sentList.list(accountId, filter, page, limit);
        Future<Look> in = received.list(accountId, filter, page, limit);
        Comparator<UUID> order = page.backwards() ? Ids.ORDER : Ids.ORDER.reversed();
        return Future.all(out, in).map(both -> merge(out.result(), in.result(), order, limit));
    }

    /** Where one has stopped, the other's may not go on: of what lies between them only a part is known. */
    private static Look merge(Look out, Look in, Comparator<UUID> order, int limit) {
        UUID end = Stream.of(out, in)
                .map(Look::end)
                .filter(Objects::nonNull)
                .min(order)
                .orElse(null);
        List<TwilioMessage> found = Stream.concat(out.found().stream(), in.found().stream())
                .filter(message -> end == null || order.compare(message.id(), end) <= 0)
                .sorted(Comparator.comparing(TwilioMessage::id, order))
                .limit(limit)
                .toList();
        return new Look(found, found.size() < limit ? end : null);
    }
}
