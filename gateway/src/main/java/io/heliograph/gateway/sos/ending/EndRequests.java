package io.heliograph.gateway.sos.ending;

import io.heliograph.gateway.notifications.deciding.FactsStore.UserKey;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.gateway.sos.requests.SosRequest;
import io.heliograph.gateway.sos.telling.TellSos;
import io.heliograph.runtime.Aside;
import io.heliograph.runtime.Ids;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back the alerts of requests that are over and tells the donors who have got theirs. Not in the transaction that ends a request, which
 * may be that of a donor who waits for an answer, and there may be thousands of others.
 */
public final class EndRequests {
    private static final Logger log = LoggerFactory.getLogger(EndRequests.class);

    private final EndStore store;
    private final TellSos tell;
    private final Clock clock;
    private final Aside aside;
    /** Up to which request the last step came: one that fails keeps no other from its end. */
    private volatile UUID after = Ids.FIRST;

    /** What they are told is written {@code aside}. */
    public EndRequests(Pool pool, TellSos tell, Topics topics, ErasedPersons erased, Clock clock, Aside aside) {
        this.store = new EndStore(pool, topics, erased);
        this.tell = tell;
        this.clock = clock;
        this.aside = aside;
    }

    /** Closes requests that nobody has closed and nobody can answer any more. Answers how many: as many as are closed at once, if there are more. */
    public Future<Integer> closeExpired() {
        return store.closeExpired(OffsetDateTime.now(clock)).onSuccess(closed -> {
            if (closed > 0) {
                log.atInfo().addKeyValue("requests", closed).log("Closed requests whose tokens have run out");
            }
        });
    }

    /** Goes on with one of them. Answers whether there was one. */
    public Future<Integer> runOnce() {
        UUID before = after;
        return store.take(before, (connection, request) -> {
                    after = request.id();
                    return end(connection, request);
                })
                .map(taken -> {
                    if (taken == null) {
                        after = Ids.FIRST;
                    }
                    return taken == null && before.equals(Ids.FIRST) ? 0 : 1;
                });
    }

    private Future<Void> end(SqlConnection connection, SosRequest request) {
        HowEnded how = HowEnded.of(request);
        return tell.ready(request.accountId())
                .compose(_ -> store.windUp(connection, request, how))
                .compose(donors -> store.facts(connection, request, donors)
                        .compose(facts -> aside.run(() -> messages(request, donors, facts))))
                .compose(messages -> store.tell(connection, messages));
    }

    /** Nobody is told against their will, and one whose text fails keeps no other from theirs. */
    private List<NewMessage> messages(SosRequest request, List<String> donors, Map<UserKey, UserFacts> facts) {
        List<NewMessage> messages = new ArrayList<>(donors.size());
        OffsetDateTime now = OffsetDateTime.now(clock);
        for (String donor : donors) {
            UserFacts known = facts.get(new UserKey(request.accountId(), donor));
            NewMessage message = known == null ? null : over(request, donor, known, now);
            if (message != null) {
                messages.add(message);
            }
        }
        return messages;
    }

    private @Nullable NewMessage over(SosRequest request, String donor, UserFacts known, OffsetDateTime now) {
        try {
            return tell.over(request, donor, known, now).message();
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("request_id", request.id())
                    .addKeyValue("failure", e.getClass().getSimpleName())
                    .log("Could not write to a donor that a request is over");
            return null;
        }
    }
}
