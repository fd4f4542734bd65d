package io.heliograph.gateway.notifications.erasure;

import java.util.List;

/**
 * Takes a person out of one table. Every statement knows the erasure ($1), which names the person, and answers how many rows it changed. A
 * table that gets to hold something about persons gets a part here, and one in {@link ExportPart}.
 *
 * @param table what its count is called in the proof
 */
record ErasePart(String table, String sql) {
    /** Whoever has changed so many rows in one statement may have left some. */
    static final int ROWS_MAX = 500;

    // A person's messages, with all that repeat them. What waits is cancelled; what is being sent gets no other try,
    // nothing follows it, and it is found again, by the user, when it has settled. Of what was settled the row stays,
    // without the person: the ledger adds up. What is accepted after the erasure is none of its business.
    private static final String MESSAGES = """
        WITH person AS MATERIALIZED (
          SELECT account_id, user_id, addresses, bound FROM erasure WHERE id = $1
        ), direct AS MATERIALIZED (
          (SELECT m.id FROM person p JOIN message m ON m.account_id = p.account_id AND m.user_id = p.user_id AND m.id < p.bound
           LIMIT 500)
          UNION
          (SELECT m.id FROM person p CROSS JOIN unnest(p.addresses) AS a (address)
           JOIN message m ON m.account_id = p.account_id AND m.recipient = a.address AND m.id < p.bound
           LIMIT 500)
        ), line AS MATERIALIZED (
          SELECT DISTINCT r.id FROM direct d CROSS JOIN LATERAL message_and_its_repeats(d.id) AS r (id)
        ), held AS MATERIALIZED (
          -- Rows of message are locked by id.
          SELECT m.id, message_may_move(m.status, 'canceled') AS waits,
                 message_may_move(m.status, 'canceled') OR message_is_settled(m.status) AS ends
          FROM message m WHERE m.id IN (SELECT id FROM line) ORDER BY m.id FOR NO KEY UPDATE
        ), erased AS (
          UPDATE message m
          SET status = CASE WHEN h.waits THEN 'canceled' ELSE m.status END,
              reason = CASE WHEN h.waits THEN 'canceled_by_account' ELSE m.reason END,
              settled_at = CASE WHEN h.waits THEN now() ELSE m.settled_at END,
              expires_at = CASE WHEN h.ends THEN m.expires_at ELSE least(m.expires_at, now()) END,
              fallback = NULL, on_undelivered = NULL,
              user_id = CASE WHEN h.ends THEN NULL ELSE p.user_id END,
              recipient = CASE WHEN h.ends THEN '' ELSE m.recipient END,
              body = CASE WHEN h.ends THEN '' ELSE m.body END,
              media_urls = CASE WHEN h.ends THEN NULL ELSE m.media_urls END,
              content = CASE WHEN h.ends THEN NULL ELSE m.content END,
              reference = CASE WHEN h.ends THEN NULL ELSE m.reference END,
              metadata = CASE WHEN h.ends THEN NULL ELSE m.metadata END,
              status_callback = CASE WHEN h.ends THEN NULL ELSE m.status_callback END,
              deleted_at = CASE WHEN h.ends THEN coalesce(m.deleted_at, now()) ELSE m.deleted_at END
          FROM held h CROSS JOIN person p
          WHERE m.id = h.id
          RETURNING m.id, h.waits, h.ends
        ), kept AS (
          DELETE FROM outbox o USING erased e WHERE e.waits AND o.message_id = e.id
        ), forgotten AS (
          -- Providers repeat the number in what they call back with.
          UPDATE callback SET fields = '{}', recipient_digits = NULL WHERE message_id IN (SELECT id FROM erased WHERE ends)
        )
        SELECT count(*) FILTER (WHERE ends) AS rows, count(*) FILTER (WHERE NOT ends) AS waiting FROM erased""";

    private static final String INBOUND = """
        WITH mine AS MATERIALIZED (
          SELECT i.id FROM erasure e CROSS JOIN unnest(e.addresses) AS a (address)
          JOIN inbound_message i ON i.account_id = e.account_id AND i.sender = a.address
            AND i.id < e.bound
          WHERE e.id = $1
          LIMIT 500
        ), erased AS (
          UPDATE inbound_message
          SET erased_at = coalesce(erased_at, now()), sender = '', body = '', media = NULL, fields = '{}'
          WHERE id IN (SELECT id FROM mine)
          RETURNING id, account_id, received_at
        ), told AS (
          UPDATE event e SET data = data - 'media' || '{"from": "", "text": ""}'
          FROM erased i
          -- Stored by the statement that stored the message, which takes no minute; by these bounds it is found without an index.
          WHERE e.id >= uuid_v7_floor(i.received_at - interval '1 minute') AND e.id < uuid_v7_floor(i.received_at + interval '1 minute')
            AND e.account_id = i.account_id AND e.type = 'inbound.received' AND e.data ->> 'id' = i.id::text
        )
        SELECT count(*) AS rows, 0::bigint AS waiting FROM erased""";

    // The trail of suppressions goes on telling that somebody opted out, and whoever has the key and the address,
    // whether it was this one.
    private static final String TRAIL = """
        WITH mine AS MATERIALIZED (
          SELECT c.id, c.account_id, c.changed_at, a.address, a.hash
          FROM erasure e CROSS JOIN unnest(e.addresses, e.address_hashes) AS a (address, hash)
          JOIN consent_change c ON c.account_id = e.account_id AND c.person = a.address
          WHERE e.id = $1
        ), erased AS (
          UPDATE consent_change c SET person = m.hash, source = NULL, proof = NULL FROM mine m WHERE c.id = m.id
          RETURNING c.id
        ), told AS (
          UPDATE event e SET data = data - 'source' || jsonb_build_object('person', m.hash)
          FROM mine m
          WHERE e.id >= uuid_v7_floor(m.changed_at - interval '1 minute') AND e.id < uuid_v7_floor(m.changed_at + interval '1 minute')
            AND e.account_id = m.account_id AND e.type = 'consent.changed' AND e.data ->> 'person' = m.address
        )
        SELECT count(*) AS rows, 0::bigint AS waiting FROM erased""";

    private static final String SUPPRESSIONS = """
        WITH erased AS (
          DELETE FROM suppression s USING erasure e
          WHERE e.id = $1 AND s.person = ANY (e.addresses) AND s.account_id = e.account_id
          RETURNING s.id
        )
        SELECT count(*) AS rows, 0::bigint AS waiting FROM erased""";

    private static final String NOTIFICATIONS = """
        WITH erased AS (
          UPDATE notification n SET user_id = '' FROM erasure e
          WHERE e.id = $1 AND n.account_id = e.account_id AND n.user_id = e.user_id
          RETURNING n.id, n.type, n.outcomes
        ), posted AS (
          -- What webhooks were told, and would be told again.
          UPDATE event e SET data = jsonb_build_object('id', n.id, 'type', n.type, 'user', '')
          FROM erased n WHERE e.id = (n.outcomes #>> '{webhook,event_id}')::uuid
        )
        SELECT count(*) AS rows, 0::bigint AS waiting FROM erased""";

    // Of how many codes a number was sent: it would be forgotten within a day.
    private static final String CODE_COUNTS = """
        WITH erased AS (
          DELETE FROM verification_count c USING erasure e
          WHERE e.id = $1 AND c.account_id = e.account_id AND c.kind = 'number' AND c.key = ANY (e.addresses)
          RETURNING 1
        )
        SELECT count(*) AS rows, 0::bigint AS waiting FROM erased""";

    private static final String VERIFICATIONS = """
        WITH erased AS (
          DELETE FROM verification v USING erasure e
          WHERE e.id = $1 AND v.account_id = e.account_id AND v.recipient = ANY (e.addresses) AND v.id < e.bound
          RETURNING v.id
        )
        SELECT count(*) AS rows, 0::bigint AS waiting FROM erased""";

    // The row stays, so that the campaign adds up; whoever comes to it finds nobody. A message that it has by then is
    // erased as a message.
    private static final String AUDIENCES = """
        WITH mine AS MATERIALIZED (
          (SELECT r.ctid AS place FROM erasure e
           JOIN campaign_recipient r ON r.account_id = e.account_id AND r.audience_id < e.bound
             AND r.person = ANY ('user ' || e.user_id || e.addresses)
           WHERE e.id = $1 LIMIT 500)
          UNION
          -- Beside another user's id.
          (SELECT r.ctid FROM erasure e
           JOIN campaign_recipient r ON r.account_id = e.account_id AND r.address = ANY (e.addresses) AND r.audience_id < e.bound
           WHERE e.id = $1 LIMIT 500)
        ), erased AS (
          UPDATE campaign_recipient r SET person = 'erased ' || r.n, user_id = NULL, address = NULL, locale = NULL, data = NULL
          FROM mine WHERE r.ctid = mine.place
          RETURNING 1
        )
        SELECT count(*) AS rows, 0::bigint AS waiting FROM erased""";

    // Whoever was told as no user is counted by the address.
    private static final String CAP_COUNTS = """
        WITH erased AS (
          DELETE FROM cap_count c USING erasure e
          WHERE e.id = $1 AND c.account_id = e.account_id AND (c.user_id = e.user_id OR c.user_id = ANY (e.addresses))
          RETURNING 1
        )
        SELECT count(*) AS rows, 0::bigint AS waiting FROM erased""";

    // What a gateway stores that does not know of the erasure yet is taken back with the rest.
    private static final String INBOX = """
        WITH erased AS (
          DELETE FROM inbox_item i USING erasure e
          WHERE e.id = $1 AND i.account_id = e.account_id AND i.user_id = e.user_id AND i.id < e.bound
          RETURNING 1
        )
        SELECT count(*) AS rows, 0::bigint AS waiting FROM erased""";

    // The row stays, so that the request adds up: somebody was asked, and answered.
    private static final String SOS_RESPONSES = """
        WITH mine AS MATERIALIZED (
          (SELECT r.id FROM erasure e JOIN sos_response r ON r.account_id = e.account_id AND r.donor_id = e.user_id AND r.id < e.bound
           WHERE e.id = $1 LIMIT 500)
          UNION
          (SELECT r.id FROM erasure e JOIN sos_response r ON r.account_id = e.account_id AND r.phone = ANY (e.addresses) AND r.id < e.bound
           WHERE e.id = $1 LIMIT 500)
        ), erased AS (
          UPDATE sos_response r SET donor_id = 'erased ' || r.id, phone = '' FROM mine m WHERE r.id = m.id
          RETURNING 1
        )
        SELECT count(*) AS rows, 0::bigint AS waiting FROM erased""";

    // Nobody is asked any more for a patient whom nobody knows: what has not left is taken back, and the donors are
    // told.
    private static final String SOS_REQUESTS = """
        WITH erased AS (
          UPDATE sos_request q
          SET patient_id = CASE WHEN q.patient_id = e.user_id THEN 'erased ' || q.id ELSE q.patient_id END,
              contact = NULL,
              hospital = CASE WHEN q.patient_id = e.user_id THEN NULL ELSE q.hospital END,
              area = CASE WHEN q.patient_id = e.user_id THEN NULL ELSE q.area END,
              status = CASE WHEN q.patient_id = e.user_id THEN 'closed' ELSE q.status END,
              ended_at = CASE WHEN q.patient_id = e.user_id THEN coalesce(q.ended_at, now()) ELSE q.ended_at END,
              winding = q.winding OR q.patient_id = e.user_id AND q.status = 'open'
          FROM erasure e
          WHERE e.id = $1 AND q.account_id = e.account_id AND q.id < e.bound
            AND (q.patient_id = e.user_id OR q.contact = ANY (e.addresses))
          RETURNING q.id
        )
        SELECT count(*) AS rows, 0::bigint AS waiting FROM erased""";

    // The audit goes on telling that somebody was told of somebody, and whoever has the key and the id, whether it was
    // this one. What was to tell a patient how to reach the donor is taken back; what is being sent gets no other try
    // and is looked at again when it has settled.
    private static final String SOS_REVEALS = """
        WITH mine AS MATERIALIZED (
          SELECT v.id, v.message_id, e.user_id, e.user_hash, v.donor_id = e.user_id AS is_donor
          FROM erasure e JOIN sos_reveal v ON v.account_id = e.account_id AND v.id < e.bound AND e.user_id IN (v.donor_id, v.patient_id)
          WHERE e.id = $1
        ), held AS MATERIALIZED (
          SELECT m.id, message_may_move(m.status, 'canceled') AS waits,
                 message_may_move(m.status, 'canceled') OR message_is_settled(m.status) AS ends
          FROM message m WHERE m.id IN (SELECT message_id FROM mine WHERE is_donor) ORDER BY m.id FOR NO KEY UPDATE
        ), taken_back AS (
          UPDATE message m
          SET status = CASE WHEN h.waits THEN 'canceled' ELSE m.status END,
              reason = CASE WHEN h.waits THEN 'canceled_by_account' ELSE m.reason END,
              settled_at = CASE WHEN h.waits THEN now() ELSE m.settled_at END,
              expires_at = CASE WHEN h.ends THEN m.expires_at ELSE least(m.expires_at, now()) END
          FROM held h WHERE m.id = h.id AND (h.waits OR NOT h.ends)
          RETURNING m.id, h.waits
        ), kept AS (
          DELETE FROM outbox o USING taken_back t WHERE t.waits AND o.message_id = t.id
        ), erased AS (
          UPDATE sos_reveal v
          SET donor_id = CASE WHEN v.donor_id = m.user_id THEN m.user_hash ELSE v.donor_id END,
              patient_id = CASE WHEN v.patient_id = m.user_id THEN m.user_hash ELSE v.patient_id END
          FROM mine m LEFT JOIN held h ON h.id = m.message_id
          WHERE v.id = m.id AND coalesce(h.ends, true)
          RETURNING v.id
        )
        SELECT (SELECT count(*) FROM erased) AS rows, (SELECT count(*) FROM held WHERE NOT ends) AS waiting""";

    // The visit stays, so that nobody else is sent to its doctor at that time; whose it is, and what was to be told of
    // it, goes.
    private static final String APPOINTMENTS = """
        WITH mine AS MATERIALIZED (
          (SELECT a.id FROM erasure e JOIN appointment a ON a.account_id = e.account_id AND a.user_id = e.user_id AND a.id < e.bound
           WHERE e.id = $1 LIMIT 500)
          UNION
          (SELECT a.id FROM erasure e CROSS JOIN unnest(e.addresses) AS x (address)
           JOIN appointment a ON a.account_id = e.account_id AND a.patient_phone = x.address AND a.id < e.bound
           WHERE e.id = $1 LIMIT 500)
          UNION
          (SELECT a.id FROM erasure e CROSS JOIN unnest(e.addresses) AS x (address)
           JOIN appointment a ON a.account_id = e.account_id AND a.patient_email = x.address AND a.id < e.bound
           WHERE e.id = $1 LIMIT 500)
        ), held AS MATERIALIZED (
          SELECT id FROM appointment WHERE id IN (SELECT id FROM mine) ORDER BY id FOR NO KEY UPDATE
        ), quiet AS (
          DELETE FROM appointment_reminder WHERE appointment_id IN (SELECT id FROM held)
        ), erased AS (
          UPDATE appointment
          SET user_id = NULL, patient_name = '', patient_phone = NULL, patient_email = NULL, patient_locale = NULL, notes = NULL
          WHERE id IN (SELECT id FROM held)
          RETURNING 1
        )
        SELECT count(*) AS rows, 0::bigint AS waiting FROM erased""";

    // An answer that is being written at this moment leaves another one, which the next round finds.
    private static final String CONVERSATIONS = """
        WITH erased AS (
          DELETE FROM conversation c USING erasure e
          WHERE e.id = $1 AND c.person = ANY (e.addresses) AND c.account_id = e.account_id
          RETURNING 1
        )
        SELECT count(*) AS rows, 0::bigint AS waiting FROM erased""";

    /** Once, after the others; the user comes last. */
    static final List<ErasePart> ONCE = List.of(
            new ErasePart("notification", NOTIFICATIONS),
            ofUser("digest_item"),
            ofUser("digest"),
            new ErasePart("cap_count", CAP_COUNTS),
            ofUser("push_subscription"),
            ofUser("preference"),
            ofUser("preference_link"),
            ofUser("inbox_token"),
            ofUser("donor"),
            ofUser("consent_state"),
            ofUser("consent"),
            new ErasePart("app_user", """
                WITH erased AS (
                  DELETE FROM app_user u USING erasure e WHERE e.id = $1 AND u.account_id = e.account_id AND u.id = e.user_id
                  RETURNING u.id
                )
                SELECT count(*) AS rows, 0::bigint AS waiting FROM erased"""));

    /** Again and again, in the order of their locks, until nothing is left and nothing waits. */
    static final List<ErasePart> REPEATED = List.of(
            new ErasePart("verification_count", CODE_COUNTS),
            new ErasePart("verification", VERIFICATIONS),
            new ErasePart("campaign_recipient", AUDIENCES),
            new ErasePart("inbox_item", INBOX),
            new ErasePart("sos_request", SOS_REQUESTS),
            new ErasePart("sos_response", SOS_RESPONSES),
            new ErasePart("sos_reveal", SOS_REVEALS),
            new ErasePart("appointment", APPOINTMENTS),
            new ErasePart("conversation", CONVERSATIONS),
            new ErasePart("message", MESSAGES),
            new ErasePart("inbound_message", INBOUND),
            new ErasePart("suppression", SUPPRESSIONS),
            new ErasePart("consent_change", TRAIL));

    /** For a table of rows that are the user's own, and need not stay. */
    private static ErasePart ofUser(String table) {
        return new ErasePart(table, """
            WITH erased AS (
              DELETE FROM %s t USING erasure e WHERE e.id = $1 AND t.account_id = e.account_id AND t.user_id = e.user_id
              RETURNING 1
            )
            SELECT count(*) AS rows, 0::bigint AS waiting FROM erased""".formatted(table));
    }
}
