package io.heliograph.gateway.notifications.erasure;

import java.util.List;

/**
 * One table's rows about a person, newest first: $1 the account, $2 the user, $3 an id before which they are, $4 how many.
 *
 * @param name of the list in the answer
 */
record ExportPart(String name, String sql) {
    static final List<ExportPart> ALL = List.of(
            new ExportPart("consents", """
                SELECT id, to_jsonb(c) - 'account_id' - 'previous_hash' - 'hash' AS row FROM consent c
                WHERE account_id = $1 AND user_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4"""),
            new ExportPart("notifications", """
                SELECT id, to_jsonb(n) - 'account_id' AS row FROM notification n
                WHERE account_id = $1 AND user_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4"""),
            new ExportPart("inbox_items", """
                SELECT id, to_jsonb(i) - 'account_id' - 'user_id' - 'xid' - 'sequence' AS row FROM inbox_item i
                WHERE account_id = $1 AND user_id = $2 AND id < $3 AND deleted_at IS NULL ORDER BY id DESC LIMIT $4"""),
            new ExportPart("held", """
                SELECT notification_id AS id, to_jsonb(d) - 'account_id' AS row FROM digest_item d
                WHERE account_id = $1 AND user_id = $2 AND notification_id < $3 ORDER BY notification_id DESC LIMIT $4"""),
            // Without the keys, with which anybody could write to the person.
            new ExportPart("push_subscriptions", """
                SELECT id::uuid AS id, to_jsonb(s) - 'account_id' - 'p256dh' - 'auth' AS row FROM push_subscription s
                WHERE account_id = $1 AND user_id = $2 AND id < $3::uuid::text ORDER BY id DESC LIMIT $4"""),
            new ExportPart("webhook_events", """
                SELECT n.id, e.data AS row
                FROM notification n JOIN event e ON e.id = (n.outcomes #>> '{webhook,event_id}')::uuid
                WHERE n.account_id = $1 AND n.user_id = $2 AND n.id < $3 ORDER BY n.id DESC LIMIT $4"""),
            // Of those that were booked with the number or address alone only what is nobody else's: a family may share
            // it, and then the name may be another's.
            new ExportPart("appointments", """
                WITH person AS MATERIALIZED (
                  SELECT u.phone, u.email,
                         EXISTS (SELECT FROM app_user o WHERE o.account_id = $1 AND o.id <> $2 AND o.phone = u.phone) AS shares_phone,
                         EXISTS (SELECT FROM app_user o WHERE o.account_id = $1 AND o.id <> $2 AND o.email = u.email) AS shares_email
                  FROM app_user u WHERE u.account_id = $1 AND u.id = $2
                ), mine AS MATERIALIZED (
                  (SELECT id, false AS is_shared FROM appointment WHERE account_id = $1 AND user_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4)
                  UNION ALL
                  (SELECT a.id, p.shares_phone FROM person p
                   JOIN appointment a ON a.account_id = $1 AND a.patient_phone = p.phone AND a.user_id IS NULL AND a.id < $3
                   ORDER BY a.id DESC LIMIT $4)
                  UNION ALL
                  (SELECT a.id, p.shares_email FROM person p
                   JOIN appointment a ON a.account_id = $1 AND a.patient_email = p.email AND a.user_id IS NULL AND a.id < $3
                   ORDER BY a.id DESC LIMIT $4)
                ), each AS (
                  SELECT id, bool_and(is_shared) AS is_shared FROM mine GROUP BY id
                )
                SELECT a.id,
                       to_jsonb(a) - 'account_id'
                       - CASE WHEN each.is_shared THEN '{patient_name,patient_phone,patient_email,notes}' ELSE '{}' END::text[]
                       || jsonb_build_object(
                         'history', (SELECT jsonb_agg(to_jsonb(h) - 'appointment_id' ORDER BY h.revision)
                                     FROM appointment_history h WHERE h.appointment_id = a.id)) AS row
                FROM each JOIN appointment a ON a.id = each.id
                ORDER BY a.id DESC LIMIT $4"""),
            new ExportPart("messages", """
                WITH person AS MATERIALIZED (
                  SELECT array_remove(ARRAY[phone, email], NULL) AS addresses FROM app_user WHERE account_id = $1 AND id = $2
                ), mine AS MATERIALIZED (
                  (SELECT id FROM message WHERE account_id = $1 AND user_id = $2 AND id < $3 AND deleted_at IS NULL
                   ORDER BY id DESC LIMIT $4)
                  UNION
                  (SELECT m.id FROM person p CROSS JOIN LATERAL unnest(p.addresses) AS a (address)
                   CROSS JOIN LATERAL (SELECT id FROM message WHERE account_id = $1 AND recipient = a.address AND id < $3
                                         AND deleted_at IS NULL ORDER BY id DESC LIMIT $4) m)
                )
                SELECT m.id,
                       jsonb_build_object(
                         'id', m.id, 'channel', m.channel, 'to', m.recipient, 'from', m.sender, 'text', m.body,
                         'media_urls', m.media_urls, 'content', m.content, 'status', m.status, 'reason', m.reason, 'lane', m.lane,
                         'segments', m.segments, 'created_at', m.created_at, 'send_at', m.send_at, 'expires_at', m.expires_at,
                         'sent_at', m.sent_at, 'settled_at', m.settled_at, 'provider', m.provider, 'reference', m.reference,
                         'metadata', m.metadata, 'fallback', m.fallback, 'notification_id', m.notification_id, 'user_id', m.user_id,
                         'notification_type', m.notification_type, 'purpose', m.purpose, 'feedback', m.feedback,
                         'attempts', coalesce((
                           SELECT jsonb_agg(jsonb_build_object(
                                    'n', a.n, 'provider', a.provider, 'provider_message_id', a.provider_message_id,
                                    'outcome', a.outcome, 'code', a.code, 'started_at', a.started_at, 'finished_at', a.finished_at)
                                  ORDER BY a.n)
                           FROM attempt a WHERE a.message_id = m.id), '[]'),
                         'receipts', coalesce((
                           SELECT jsonb_agg(jsonb_build_object(
                                    'received_at', c.received_at, 'provider', c.provider, 'status', c.provider_status, 'fields', c.fields)
                                  ORDER BY c.received_at)
                           FROM callback c WHERE c.message_id = m.id), '[]')) AS row
                FROM mine JOIN message m USING (id) ORDER BY m.id DESC LIMIT $4"""),
            new ExportPart("verifications", """
                SELECT v.id, to_jsonb(v) - 'account_id' - 'code_hash' - 'previous_hash' AS row
                FROM app_user u JOIN verification v ON v.account_id = u.account_id AND v.recipient IN (u.phone, u.email)
                WHERE u.account_id = $1 AND u.id = $2 AND v.id < $3 ORDER BY v.id DESC LIMIT $4"""),
            new ExportPart("inbound", """
                SELECT i.id, to_jsonb(i) - 'account_id' - 'dedupe_key' AS row
                FROM app_user u CROSS JOIN LATERAL (
                  SELECT * FROM inbound_message
                  WHERE account_id = $1 AND sender = u.phone AND id < $3 AND erased_at IS NULL ORDER BY id DESC LIMIT $4) i
                WHERE u.account_id = $1 AND u.id = $2 ORDER BY i.id DESC"""),
            new ExportPart("conversations", """
                SELECT x.id, to_jsonb(c) - 'account_id' AS row
                FROM app_user u JOIN conversation c ON c.person = u.phone AND c.account_id = u.account_id
                CROSS JOIN LATERAL (SELECT md5(c.channel || ' ' || c.number)::uuid AS id) x
                WHERE u.account_id = $1 AND u.id = $2 AND x.id < $3 ORDER BY x.id DESC LIMIT $4"""),
            new ExportPart("suppressions", """
                SELECT s.id, to_jsonb(s) - 'account_id' AS row
                FROM app_user u JOIN suppression s ON s.person IN (u.phone, u.email) AND s.account_id = u.account_id
                WHERE u.account_id = $1 AND u.id = $2 AND s.id < $3 ORDER BY s.id DESC LIMIT $4"""),
            new ExportPart("suppression_changes", """
                SELECT c.id, to_jsonb(c) - 'account_id' AS row
                FROM app_user u JOIN consent_change c ON c.account_id = u.account_id AND c.person IN (u.phone, u.email)
                WHERE u.account_id = $1 AND u.id = $2 AND c.id < $3 ORDER BY c.id DESC LIMIT $4"""),
            new ExportPart("sos_requests", """
                SELECT id, to_jsonb(q) - 'account_id' - 'city_key' - 'winding' AS row FROM sos_request q
                WHERE account_id = $1 AND patient_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4"""),
            new ExportPart("sos_responses", """
                SELECT id, to_jsonb(r) - 'account_id' AS row FROM sos_response r
                WHERE account_id = $1 AND donor_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4"""),
            // Who was told of the person, and of whom the person was told: without the other one's name.
            new ExportPart("sos_reveals", """
                (SELECT id, to_jsonb(v) - 'account_id' - 'patient_id' - 'revealed_by' AS row FROM sos_reveal v
                 WHERE account_id = $1 AND donor_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4)
                UNION
                (SELECT id, to_jsonb(v) - 'account_id' - 'donor_id' - 'revealed_by' AS row FROM sos_reveal v
                 WHERE account_id = $1 AND patient_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4)
                ORDER BY id DESC LIMIT $4"""),
            // By audience: of one in which there are two rows about the person, both are on one page.
            new ExportPart("audiences", """
                WITH person AS MATERIALIZED (
                  SELECT id, array_remove(ARRAY[phone, email], NULL) AS addresses FROM app_user WHERE account_id = $1 AND id = $2
                ), mine AS MATERIALIZED (
                  SELECT r.audience_id, r.n FROM person u
                  JOIN campaign_recipient r ON r.account_id = $1 AND r.person = ANY ('user ' || u.id || u.addresses)
                  WHERE r.audience_id < $3
                  UNION
                  -- Beside another user's id, which is not told.
                  SELECT r.audience_id, r.n FROM person u
                  JOIN campaign_recipient r ON r.account_id = $1 AND r.address = ANY (u.addresses)
                  WHERE r.audience_id < $3
                ), page AS MATERIALIZED (
                  SELECT DISTINCT audience_id FROM mine ORDER BY audience_id DESC LIMIT $4
                )
                SELECT a.id,
                       jsonb_build_object(
                         'id', a.id, 'campaign_id', a.campaign_id, 'uploaded_at', a.created_at,
                         'user', CASE WHEN r.user_id = $2 THEN r.user_id END, 'address', r.address,
                         'locale', r.locale, 'data', r.data) AS row
                FROM page JOIN mine USING (audience_id) JOIN campaign_recipient r USING (audience_id, n)
                JOIN campaign_audience a ON a.id = r.audience_id
                ORDER BY a.id DESC, r.n"""));
}
