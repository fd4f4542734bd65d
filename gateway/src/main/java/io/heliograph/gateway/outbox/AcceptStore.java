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
    private static final String STORE = """
        WITH suppressed AS MATERIALIZED (
          -- One walk through the index for all recipients: most have not opted out of anything.
          SELECT account_id, channel, person, sender FROM suppression WHERE person = ANY ($5::text[]) AND lifted_at IS NULL
        ), erased AS MATERIALIZED (
          -- Empty where nobody was ever erased.
          SELECT array_agg(hash) AS hashes FROM erased_person
          WHERE hash = ANY (string_to_array(array_to_string($38::text[], ' '), ' '))
        ), item AS MATERIALIZED (
          SELECT i.*,
                 -- Most groups have nobody who opted out, and compare nothing. A message that names no sender may come from any of them.
                 CASE WHEN NOT (SELECT EXISTS (SELECT FROM suppressed)) THEN false
                 WHEN sender IS NULL
                 THEN (account_id, channel, recipient) IN (SELECT account_id, channel, person FROM suppressed)
                 ELSE (account_id, channel, recipient, sender) IN (SELECT account_id, channel, person, sender FROM suppressed)
                   OR (account_id, channel, recipient) IN (SELECT account_id, channel, person FROM suppressed WHERE sender = '')
                 END OR coalesce(string_to_array(persons, ' ') && (SELECT hashes FROM erased), false) AS opted_out
          FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                      $9::int[], $10::text[], $11::timestamptz[], $12::bigint[], $13::text[], $14::text[], $15::text[],
                      $16::text[], $17::bytea[], $18::text[], $22::bytea[], $23::text[], $24::uuid[],
                      $25::text[], $26::timestamptz[], $27::text[], $28::text[],
                      $29::text[], $30::text[], $31::text[], $32::uuid[], $33::uuid[], $34::text[], $35::text[], $36::text[],
                      $37::text[], $38::text[])
            WITH ORDINALITY
            AS i(id, account_id, channel, lane, recipient, sender, body, media_urls, segments, encoding, send_at,
                 valid_for_ms, on_unknown, reference, metadata, key, request_hash, batch_key, batch_hash, content,
                 replay_of, topic, estimated_send_at, retry,
                 on_undelivered, fallback, status_callback, messaging_service_sid, batch_id,
                 notification_id, user_id, notification_type, variant, purpose, persons, place)
        ), event AS MATERIALIZED (
          SELECT * FROM unnest($39::uuid[], $40::bigint[], $41::text[], $42::text[], $43::text[], $44::text[], $45::bytea[])
            WITH ORDINALITY AS e(id, account_id, user_id, type, outcomes, key, request_hash, place)
        ), event_claimed AS (
          INSERT INTO idempotency (account_id, key, request_hash, message_id, created_at)
          SELECT account_id, key, request_hash, id, now() FROM event WHERE key IS NOT NULL
          ORDER BY account_id, key, place
          ON CONFLICT DO NOTHING
          RETURNING message_id
        ), told AS MATERIALIZED (
          SELECT * FROM event WHERE key IS NULL OR id IN (SELECT message_id FROM event_claimed)
        ), untold AS (
          -- What was to be told to those who have opted out, by notification; null where nobody has.
          SELECT jsonb_object_agg(notification_id, outcomes) AS outcomes
          FROM (SELECT notification_id, jsonb_object_agg(
                         channel, jsonb_build_object('status', 'skipped', 'reason', 'recipient_opted_out')) AS outcomes
                FROM item WHERE opted_out AND notification_id IS NOT NULL GROUP BY notification_id) AS each
        ), notified AS (
          INSERT INTO notification (id, account_id, user_id, type, created_at, outcomes)
          SELECT id, account_id, user_id, type, now(),
                 CASE WHEN (SELECT outcomes IS NULL FROM untold) THEN outcomes::jsonb
                 ELSE outcomes::jsonb || coalesce((SELECT outcomes FROM untold) -> id::text, '{}') END
          FROM told
        ), opened AS (
          -- The key of a whole batch comes first: when it is taken, none of the batch's items may be stored.
          INSERT INTO idempotency (account_id, key, request_hash, created_at)
          SELECT account_id, key, request_hash, now()
          FROM unnest($19::bigint[], $20::text[], $21::bytea[]) AS b(account_id, key, request_hash)
          -- A batch of which nothing is stored leaves its key free. Looked for only where there is anything to find.
          WHERE NOT (SELECT coalesce(bool_or(opted_out), false) FROM item)
             OR EXISTS (SELECT FROM item i
                        WHERE i.account_id = b.account_id AND i.batch_key = b.key AND i.batch_hash = b.request_hash
                          AND NOT i.opted_out)
          ORDER BY account_id, key
          ON CONFLICT DO NOTHING
          RETURNING account_id, key, request_hash
        ), claimed AS (
          -- In the order of the keys, so that two gateways that store the same keys wait for each other in one direction.
          INSERT INTO idempotency (account_id, key, request_hash, message_id, created_at)
          SELECT account_id, key, request_hash, id, now()
          FROM item
          WHERE key IS NOT NULL AND NOT opted_out
            -- By hash too: of two batches under one key in this very statement, one has opened it.
            AND (batch_key IS NULL
                 OR (account_id, batch_key, batch_hash) IN (SELECT account_id, key, request_hash FROM opened))
          -- Of several in this statement under one key the first gets it. So a batch that came several times is stored for one
          -- of them as a whole, and all the others are repetitions.
          ORDER BY account_id, key, place
          ON CONFLICT DO NOTHING
          RETURNING message_id
        ), accepted AS NOT MATERIALIZED (
          -- Filtered three times rather than copied: a message has forty columns.
          SELECT item.*, send_at IS NOT NULL AND send_at > now() AS waits
          FROM item
          WHERE NOT opted_out AND (key IS NULL OR id IN (SELECT message_id FROM claimed))
            AND ($46 OR (SELECT count(*) FROM told) = (SELECT count(*) FROM event) OR notification_id IN (SELECT id FROM told))
        ), stored AS (
          INSERT INTO message (id, account_id, status, channel, lane, recipient, sender, body, media_urls, segments, encoding,
                               created_at, send_at, expires_at, on_unknown, reference, metadata, content,
                               replay_of, estimated_send_at, retry, on_undelivered, fallback, status_callback,
                               messaging_service_sid, batch_id, notification_id, user_id, notification_type, variant, purpose)
          SELECT id, account_id, CASE WHEN waits THEN 'scheduled' ELSE 'queued' END, channel, lane, recipient, sender, body,
                 media_urls::jsonb, segments, encoding, now(), send_at,
                 coalesce(greatest(send_at, now()), now()) + valid_for_ms * interval '1 millisecond', on_unknown, reference,
                 metadata::jsonb, content::jsonb, replay_of, greatest(estimated_send_at, now()), retry::jsonb,
                 on_undelivered, fallback::jsonb, status_callback, messaging_service_sid, batch_id,
                 notification_id, user_id, notification_type, variant, purpose
          FROM accepted
        ), promised AS (
          INSERT INTO outbox (message_id, topic, lane, account_id, due_at, created_at, scheduled)
          SELECT id, topic, lane, account_id, CASE WHEN waits THEN send_at ELSE now() END, now(), waits
          FROM accepted
        )
        """;

    private static final String ANSWER = """
        SELECT id, now() AS created_at FROM accepted
        UNION ALL
        SELECT id, NULL FROM item WHERE opted_out
        UNION ALL
        SELECT id, now() FROM told""";

    private static final String ACCEPT = STORE + ANSWER;
    private static final String ACCEPT_WITH_INBOX = STORE + InboxColumns.STORE + ANSWER;

    private AcceptStore() {}

    /**
     * One answer for each intent, in their order. Everything is stored, or the Future fails and nothing is. What is stored
     * when the keys cannot be looked up stays stored, and whoever asked for it has to hear so.
     */
    public static Future<List<Accepted>> accept(
            SqlClient client, List<AcceptIntent> intents, Topics topics, ErasedPersons erased) {
        return client.preparedQuery(ACCEPT)
                .execute(NotificationColumns.none(AcceptColumns.of(intents, topics, erased)))
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
        Tuple columns = NotificationColumns.add(columns(messages, topics, erased), notifications);
        List<NewNotification> shelved = InboxColumns.shelved(notifications);
        return shelved.isEmpty()
                ? write(client, ACCEPT, columns)
                : write(client, ACCEPT_WITH_INBOX, InboxColumns.add(columns, shelved));
    }

    /** Of notifications that are stored already. */
    public static Future<Map<UUID, OffsetDateTime>> tell(
            SqlClient client, List<NewMessage> messages, Topics topics, ErasedPersons erased) {
        return write(client, ACCEPT, NotificationColumns.none(columns(messages, topics, erased)));
    }

    private static Future<Map<UUID, OffsetDateTime>> write(SqlClient client, String statement, Tuple columns) {
        return client.preparedQuery(statement)
                .execute(columns)
                .map(rows -> Written.of(rows).at());
    }

    /** As one: without keys it does not matter whose they are. */
    private static Tuple columns(List<NewMessage> messages, Topics topics, ErasedPersons erased) {
        List<Item> items =
                messages.stream().map(message -> new Item(null, message)).toList();
        return AcceptColumns.of(
                items.isEmpty()
                        ? List.of()
                        : List.of(new AcceptIntent(messages.getFirst().accountId(), null, items)),
                topics,
                erased);
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
