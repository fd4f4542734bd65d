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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
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
    /** Accounts of which it was said already that their words cannot be read. */
    private final Set<Long> silent = ConcurrentHashMap.newKeySet();

    public SendDueReminders(Pool pool, Catalog catalog, WriteNotices write, NoticeStore notices, Clock clock) {
        this.store = new DueStore(pool);
        this.catalog = catalog;
        this.write = write;
        this.notices = notices;
        this.clock = clock;
    }

    public Future<Round> runOnce() {
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
    private Future<Round> singly(OffsetDateTime now) {
        return store.due(now, VISITS_MAX).compose(visits -> {
            Future<Round> sum = Future.succeededFuture(Round.NOTHING);
            for (UUID visit : visits) {
                sum = sum.compose(before -> send(now, 1, visit)
                        .recover(failure -> later(visit, now, failure))
                        .map(before::and));
            }
            return sum;
        });
    }

    private Future<Round> later(UUID visit, OffsetDateTime now, Throwable failure) {
        log.atWarn()
                .addKeyValue("appointment_id", visit)
                .setCause(Failures.withoutMessages(failure))
                .log("A reminder could not be told, and is put off");
        return store.putOff(visit, now).map(new Round(0, 1));
    }

    private Future<Round> send(OffsetDateTime now, int max, @Nullable UUID only) {
        return store.inTransaction(
                now, max, only, (client, held) -> unready(held).compose(unready -> send(client, held, unready, now)));
    }

    private Future<Round> send(SqlClient client, List<Held> held, Set<Long> unready, OffsetDateTime now) {
        Predicate<Held> isUnready = one -> unready.contains(one.accountId());
        List<Held> later = held.stream().filter(isUnready).toList();
        List<Held> ready = held.stream().filter(isUnready.negate()).toList();
        return DueStore.putOff(client, later, now)
                .compose(_ -> tell(client, ready, now))
                .map(told -> new Round(told, later.size()));
    }

    /** The accounts whose words cannot be read now: theirs is put off, so that what is due of others is not behind it. */
    private Future<Set<Long>> unready(List<Held> held) {
        Set<Long> accounts = held.stream().map(Held::accountId).collect(Collectors.toSet());
        Set<Long> unready = ConcurrentHashMap.newKeySet();
        return Future.join(accounts.stream()
                        .map(account -> catalog.ready(account)
                                .onSuccess(_ -> silent.remove(account))
                                .onFailure(failure -> {
                                    unready.add(account);
                                    warn(account, failure);
                                }))
                        .toList())
                .otherwiseEmpty()
                .map(unready);
    }

    /** Once, until they can be read again. */
    private void warn(long account, Throwable failure) {
        if (silent.add(account)) {
            log.atWarn()
                    .addKeyValue("account_id", account)
                    .setCause(Failures.withoutMessages(failure))
                    .log("The words of an account cannot be read, and its reminders are put off");
        }
    }

    private Future<Integer> tell(SqlClient client, List<Held> held, OffsetDateTime now) {
        return held.isEmpty()
                ? Future.succeededFuture(0)
                : DueStore.take(client, held, now)
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
