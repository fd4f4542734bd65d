package io.heliograph.gateway.appointments.reminding;

import io.heliograph.gateway.appointments.notices.NoticeStore;
import io.heliograph.gateway.appointments.notices.Notices;
import io.heliograph.gateway.appointments.notices.Occasion;
import io.heliograph.gateway.appointments.notices.WriteNotices;
import io.heliograph.gateway.appointments.reminding.DueStore.Due;
import io.heliograph.gateway.appointments.reminding.DueStore.Held;
import io.heliograph.gateway.appointments.visits.Reminder;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.gateway.notifications.deciding.FactsStore.UserKey;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import io.heliograph.runtime.Failures;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what is due before and after visits into messages: written then, in the words and the language of then, and taken out of the plan in
 * the same transaction. Any number of gateways may do so at once.
 */
public final class SendDueReminders {
    private static final Logger log = LoggerFactory.getLogger(SendDueReminders.class);
    private static final int VISITS_MAX = 100;

    private final DueStore store;
    private final Catalog catalog;
    private final WriteNotices write;
    private final NoticeStore notices;
    private final Clock clock;

    public SendDueReminders(Pool pool, Catalog catalog, WriteNotices write, NoticeStore notices, Clock clock) {
        this.store = new DueStore(pool);
        this.catalog = catalog;
        this.write = write;
        this.notices = notices;
        this.clock = clock;
    }

    /** Answers how many things were told, or were not worth telling any more. */
    public Future<Integer> runOnce() {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return send(now, VISITS_MAX, null).recover(failure -> {
            if (Failures.isOutage(failure) || Failures.isConflict(failure)) {
                return Future.failedFuture(failure);
            }
            log.atWarn()
                    .setCause(Failures.withoutMessages(failure))
                    .log("Reminders were not told together; now singly");
            return singly(now);
        });
    }

    /** One that cannot be told keeps no other back. */
    private Future<Integer> singly(OffsetDateTime now) {
        return store.due(now, VISITS_MAX).compose(visits -> {
            Future<Integer> sum = Future.succeededFuture(0);
            for (UUID visit : visits) {
                sum = sum.compose(before -> send(now, 1, visit)
                        .recover(failure -> later(visit, now, failure))
                        .map(told -> before + told));
            }
            return sum;
        });
    }

    private Future<Integer> later(UUID visit, OffsetDateTime now, Throwable failure) {
        log.atWarn()
                .addKeyValue("appointment_id", visit)
                .setCause(Failures.withoutMessages(failure))
                .log("A reminder could not be told, and is tried again in a minute");
        return store.postpone(visit, now).map(0);
    }

    private Future<Integer> send(OffsetDateTime now, int max, @Nullable UUID only) {
        return store.inTransaction(
                now, max, only, (client, held) -> ready(held).compose(ready -> tell(client, ready, now)));
    }

    /** Of the accounts whose words are in memory; those of others are due in the next round. */
    private Future<List<Held>> ready(List<Held> held) {
        Set<Long> accounts = held.stream().map(Held::accountId).collect(Collectors.toSet());
        Set<Long> ready = new HashSet<>();
        return Future.join(accounts.stream()
                        .map(account -> catalog.ready(account).onSuccess(_ -> ready.add(account)))
                        .toList())
                .otherwiseEmpty()
                .map(_ -> held.stream()
                        .filter(one -> ready.contains(one.accountId()))
                        .toList());
    }

    private Future<Integer> tell(SqlClient client, List<Held> held, OffsetDateTime now) {
        return DueStore.take(client, held, now)
                .compose(due -> due.isEmpty()
                        ? Future.succeededFuture(0)
                        : DueStore.users(client, due)
                                .compose(users -> notices.tell(
                                        client,
                                        due.stream()
                                                .map(one -> notices(one, users, now))
                                                .toList()))
                                .map(due.size()));
    }

    private Notices notices(Due due, Map<UserKey, UserFacts> users, OffsetDateTime now) {
        String user = due.visit().patient().userId();
        Occasion occasion = new Occasion(
                due.kind(),
                null,
                due.visit(),
                due.place(),
                user == null ? null : users.get(new UserKey(due.visit().accountId(), user)),
                now);
        Instant usefulUntil = Reminder.usefulUntil(due.kind(), due.visit());
        return usefulUntil == null || now.toInstant().isBefore(usefulUntil)
                ? write.of(occasion)
                : write.skipped(occasion, Reason.WOULD_EXPIRE);
    }
}
