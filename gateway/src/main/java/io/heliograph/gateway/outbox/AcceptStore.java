package io.heliograph.gateway.outbox;

import io.heliograph.gateway.outbox.AcceptIntent.Item;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Stores messages, their idempotency keys and their promises: many requests, one statement, one flush of the log. Works on
 * a pool, and on a connection that is in a transaction with other changes.
 */
public final class AcceptStore {
    private AcceptStore() {}

    /**
     * One answer for each intent, in their order. Everything is stored, or the Future fails and nothing is. What is stored
     * when the keys cannot be looked up stays stored, and whoever asked for it has to hear so.
     */
    public static Future<List<Accepted>> accept(
            SqlClient client, List<AcceptIntent> intents, Topics topics, ErasedPersons erased) {
        return client.preparedQuery(AcceptStatements.ACCEPT)
                .execute(AcceptColumns.withKeys(intents, topics, erased))
                .compose(rows -> {
                    Written written = Written.of(rows);
                    return FirstUseStore.find(client, takenKeys(intents, written.at()))
                            .map(firstUses -> answers(intents, new Done(written.at(), written.optedOut(), firstUses)));
                });
    }

    /**
     * The same for messages without keys that tell of these notifications, which are stored with them. Answers the ids of all that was stored,
     * and when: a notification whose key was taken is not among them, and neither is any message of it.
     */
    public static Future<Map<UUID, OffsetDateTime>> tell(
            SqlClient client,
            List<NewMessage> messages,
            List<NewNotification> notifications,
            Topics topics,
            ErasedPersons erased) {
        Tuple columns = NotificationColumns.add(AcceptColumns.withoutKeys(messages, topics, erased), notifications);
        List<NewNotification> shelved = InboxColumns.shelved(notifications);
        return shelved.isEmpty()
                ? write(client, AcceptStatements.NOTIFY, columns)
                : write(client, AcceptStatements.NOTIFY_WITH_INBOX, InboxColumns.add(columns, shelved));
    }

    /** Of notifications that are stored already. */
    public static Future<Map<UUID, OffsetDateTime>> tell(
            SqlClient client, List<NewMessage> messages, Topics topics, ErasedPersons erased) {
        return write(client, AcceptStatements.TELL, AcceptColumns.withoutKeys(messages, topics, erased));
    }

    private static Future<Map<UUID, OffsetDateTime>> write(SqlClient client, String statement, Tuple columns) {
        return client.preparedQuery(statement)
                .execute(columns)
                .map(rows -> Written.of(rows).at());
    }

    /** The keys behind everything that was not stored: someone used them before. */
    private static List<FirstUses.KeyId> takenKeys(List<AcceptIntent> intents, Map<UUID, OffsetDateTime> stored) {
        List<FirstUses.KeyId> taken = new ArrayList<>();
        for (AcceptIntent intent : intents) {
            int before = taken.size();
            for (Item item : intent.items()) {
                if (item.key() != null && !stored.containsKey(item.message().id())) {
                    taken.add(new FirstUses.KeyId(intent.accountId(), item.key().value()));
                }
            }
            if (intent.batchKey() != null
                    && (taken.size() > before || intent.items().isEmpty())) {
                taken.add(new FirstUses.KeyId(
                        intent.accountId(), intent.batchKey().value()));
            }
        }
        return taken;
    }

    /** What the statement stored and what it refused, and what stands behind the keys of the rest. */
    private record Done(Map<UUID, OffsetDateTime> stored, Set<UUID> optedOut, FirstUses firstUses) {}

    private static List<Accepted> answers(List<AcceptIntent> intents, Done done) {
        return intents.stream().map(intent -> answer(intent, done)).toList();
    }

    private static Accepted answer(AcceptIntent intent, Done done) {
        AcceptIntent.Key batchKey = intent.batchKey();
        if (batchKey != null && done.firstUses().hasOtherRequest(intent.accountId(), batchKey)) {
            return new Accepted.BatchKeyReused();
        }
        List<Accepted.ItemAnswer> items =
                intent.items().stream().map(item -> answer(intent, item, done)).toList();
        boolean replayed = !items.isEmpty() && items.stream().noneMatch(Accepted.Stored.class::isInstance);
        return new Accepted.Answered(items, replayed);
    }

    private static Accepted.ItemAnswer answer(AcceptIntent intent, Item item, Done done) {
        UUID id = item.message().id();
        OffsetDateTime createdAt = done.stored().get(id);
        if (createdAt != null) {
            return new Accepted.Stored(item.message(), createdAt);
        }
        AcceptIntent.Key key = item.key();
        if (key == null) {
            return new Accepted.OptedOut();
        }
        // An item of a batch that came before, without a first use of its own: it was refused then.
        boolean mayBeUnused = done.optedOut().contains(id) || intent.batchKey() != null;
        return done.firstUses().answer(intent.accountId(), key, mayBeUnused);
    }
}
