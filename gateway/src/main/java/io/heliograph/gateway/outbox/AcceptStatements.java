package io.heliograph.gateway.outbox;

/**
 * The statements of {@link AcceptStore}: messages and their promises, with what has to be stored in the same moment. Each is
 * put together from parts that follow one another, because what a statement does not need would cost it as much as a few
 * messages do. What is accepted is filtered each time that it is read, and not copied: a message has forty columns.
 */
final class AcceptStatements {
    /** $1 to $35, as {@link AcceptColumns} has them. */
    private static final String MESSAGES_GIVEN = """
        WITH suppressed AS MATERIALIZED (
          -- One walk through the index for all recipients: most have not opted out of anything.
          SELECT account_id, channel, person, sender
          FROM suppression WHERE person = ANY ($5::text[]) AND lifted_at IS NULL
        ), erased AS MATERIALIZED (
          -- Empty where nobody was ever erased.
          SELECT array_agg(hash) AS hashes FROM erased_person
          WHERE hash = ANY (string_to_array(array_to_string($31::text[], ' '), ' '))
        ), item AS MATERIALIZED (
          SELECT
                 -- First, because it is what a row is looked at for. Most groups have nobody who opted out, and compare nothing.
                 -- A message that names no sender may come from any of them.
                 CASE WHEN NOT (SELECT EXISTS (SELECT FROM suppressed)) THEN false
                 WHEN sender IS NULL
                 THEN (account_id, channel, recipient) IN (SELECT account_id, channel, person FROM suppressed)
                 ELSE (account_id, channel, recipient, sender) IN (SELECT account_id, channel, person, sender FROM suppressed)
                   OR (account_id, channel, recipient) IN (SELECT account_id, channel, person FROM suppressed WHERE sender = '')
                 END OR coalesce(string_to_array(persons, ' ') && (SELECT hashes FROM erased), false) AS opted_out,
                 send_at IS NOT NULL AND send_at > now() AS waits,
                 i.*
          FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                      $9::int[], $10::text[], $11::timestamptz[], $12::bigint[], $13::text[], $14::text[], $15::text[],
                      $16::text[], $17::uuid[], $18::text[], $19::timestamptz[], $20::text[], $21::text[], $22::text[],
                      $23::text[], $24::text[], $25::uuid[], $26::uuid[], $27::text[], $28::text[], $29::text[], $30::text[],
                      $31::text[], $32::text[], $33::bytea[], $34::text[], $35::bytea[])
            WITH ORDINALITY
            AS i(id, account_id, channel, lane, recipient, sender, body, media_urls, segments, encoding, send_at,
                 valid_for_ms, on_unknown, reference, metadata, content, replay_of, topic, estimated_send_at, retry,
                 on_undelivered, fallback, status_callback, messaging_service_sid, batch_id,
                 notification_id, user_id, notification_type, variant, purpose, persons,
                 key, request_hash, batch_key, batch_hash, place)
        )
        """;

    /** $36 to $38: the keys of whole batches. */
    private static final String OWN_KEYS = """
        , opened AS (
          -- The key of a whole batch comes first: when it is taken, none of the batch's items may be stored.
          INSERT INTO idempotency (account_id, key, request_hash, created_at)
          SELECT account_id, key, request_hash, now()
          FROM unnest($36::bigint[], $37::text[], $38::bytea[]) AS b(account_id, key, request_hash)
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
          SELECT * FROM item WHERE NOT opted_out AND (key IS NULL OR id IN (SELECT message_id FROM claimed))
        )
        """;

    /** $36 to $42, as {@link NotificationColumns} has them. */
    private static final String NOTIFICATIONS = """
        , event AS MATERIALIZED (
          SELECT * FROM unnest($36::uuid[], $37::bigint[], $38::text[], $39::text[], $40::text[], $41::text[], $42::bytea[])
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
          -- By notification, the channels by which nobody could be told, because all have opted out; null where nobody has.
          SELECT jsonb_object_agg(notification_id, outcomes) AS outcomes
          FROM (SELECT notification_id, jsonb_object_agg(
                         channel, jsonb_build_object('status', 'skipped', 'reason', 'recipient_opted_out')) AS outcomes
                FROM (SELECT notification_id, channel FROM item
                      WHERE (SELECT bool_or(opted_out) FROM item) AND notification_id IS NOT NULL
                      GROUP BY notification_id, channel HAVING bool_and(opted_out)) AS silent
                GROUP BY notification_id) AS each
        ), notified AS (
          INSERT INTO notification (id, account_id, user_id, type, created_at, outcomes)
          SELECT id, account_id, user_id, type, now(),
                 CASE WHEN (SELECT outcomes IS NULL FROM untold) THEN outcomes::jsonb
                 ELSE outcomes::jsonb || coalesce((SELECT outcomes FROM untold) -> id::text, '{}') END
          FROM told
        ), accepted AS NOT MATERIALIZED (
          SELECT * FROM item
          WHERE NOT opted_out
            AND ((SELECT count(*) FROM told) = (SELECT count(*) FROM event) OR notification_id IN (SELECT id FROM told))
        )
        """;

    private static final String NO_KEYS = """
        , accepted AS NOT MATERIALIZED (
          SELECT * FROM item WHERE NOT opted_out
        )
        """;

    private static final String MESSAGES_AND_PROMISES = """
        , stored AS (
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

    /** $43 to $51, as {@link InboxColumns} has them. An item whose notification is not stored is not stored either. */
    private static final String INBOX_ITEMS = """
        , shelved AS (
          INSERT INTO inbox_item (account_id, user_id, id, notification_id, type, category, variant, title, body, link, data, created_at,
                                  expires_at)
          SELECT t.account_id, t.user_id, i.id, t.id, t.type, i.category, i.variant, i.title, i.body, i.link, i.data::jsonb, now(),
                 now() + i.days * interval '1 day'
          FROM unnest($43::uuid[], $44::uuid[], $45::text[], $46::text[], $47::text[], $48::text[], $49::text[], $50::text[], $51::int[])
            AS i (notification_id, id, category, variant, title, body, link, data, days)
          JOIN told t ON t.id = i.notification_id
        )
        """;

    /** What is stored, and when; without a time, who has opted out. */
    private static final String ACCEPTED_AND_REFUSED = """
        SELECT id, now() AS created_at FROM accepted
        UNION ALL
        SELECT id, NULL FROM item WHERE opted_out""";

    private static final String ACCEPTED = """
        SELECT id, now() AS created_at FROM accepted""";

    private static final String ACCEPTED_AND_TOLD = """
        SELECT id, now() AS created_at FROM accepted
        UNION ALL
        SELECT id, now() FROM told""";

    /** Messages and whole batches, with their keys. */
    static final String ACCEPT = MESSAGES_GIVEN + OWN_KEYS + MESSAGES_AND_PROMISES + ACCEPTED_AND_REFUSED;

    /** Messages of notifications that are stored already, or of none. */
    static final String TELL = MESSAGES_GIVEN + NO_KEYS + MESSAGES_AND_PROMISES + ACCEPTED;

    /** Messages with the notifications that they tell of. */
    static final String NOTIFY = MESSAGES_GIVEN + NOTIFICATIONS + MESSAGES_AND_PROMISES + ACCEPTED_AND_TOLD;

    /** The same where some of them leave something in an inbox: the usual ones pay nothing for it. */
    static final String NOTIFY_WITH_INBOX =
            MESSAGES_GIVEN + NOTIFICATIONS + MESSAGES_AND_PROMISES + INBOX_ITEMS + ACCEPTED_AND_TOLD;

    private AcceptStatements() {}
}
