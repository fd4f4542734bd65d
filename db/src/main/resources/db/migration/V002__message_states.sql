-- The state machine, as the database sees it. MessageStatus in the runtime module is the same table in Java,
-- docs/message-lifecycle.md the same as a picture; a test compares the three.
--
-- A function of the two values and not a table to join with: when a guarded UPDATE has waited for another writer,
-- PostgreSQL evaluates this again on the new row, but would keep the joined row that matched the old one, and a
-- receipt would be lost.
CREATE FUNCTION message_may_move(from_status text, to_status text) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_status = ANY (CASE from_status
    WHEN 'scheduled'   THEN ARRAY['queued', 'sending', 'canceled', 'expired', 'refused']
    WHEN 'queued'      THEN ARRAY['sending', 'canceled', 'expired', 'refused', 'failed', 'sent', 'delivered', 'read']
    WHEN 'sending'     THEN ARRAY['queued', 'unknown', 'sent', 'delivered', 'read', 'undelivered', 'failed']
    WHEN 'unknown'     THEN ARRAY['queued', 'sent', 'delivered', 'read', 'undelivered', 'failed', 'expired']
    WHEN 'sent'        THEN ARRAY['delivered', 'read', 'undelivered', 'failed']
    WHEN 'undelivered' THEN ARRAY['delivered', 'read']
    WHEN 'failed'      THEN ARRAY['sent', 'delivered', 'read']
    WHEN 'expired'     THEN ARRAY['delivered', 'read']
    WHEN 'delivered'   THEN ARRAY['read']
    ELSE ARRAY[]::text[]
  END);

CREATE FUNCTION message_is_settled(status text) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN status NOT IN ('scheduled', 'queued', 'sending', 'unknown');

-- The smallest UUIDv7 of a moment: ids are ordered by time, so a range of time is a range of ids.
CREATE FUNCTION uuid_v7_floor(moment timestamptz) RETURNS uuid
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid;
