-- What is done when a message ends without having reached the person. All of it is written once, with the message.
--
-- What to try next, in order, each complete: channel, to, from, text, media_urls, content, segments, encoding, valid_for_ms.
ALTER TABLE message ADD COLUMN fallback jsonb;
-- Null: nothing. another_provider: the same text once more, through another provider, after a receipt that was the provider's fault.
ALTER TABLE message ADD COLUMN on_undelivered text;
-- The message that this one follows, and the providers that have failed with its text already.
ALTER TABLE message ADD COLUMN fallback_of uuid;
ALTER TABLE message ADD COLUMN avoided_providers text[];

-- Not checked on the rows that are there, which would read the whole table: they have none.
ALTER TABLE message ADD CONSTRAINT on_undelivered_is_known CHECK (on_undelivered IN ('another_provider')) NOT VALID;
-- Whoever settles a message writes what follows it, so a list that cannot be read would keep it from being settled.
ALTER TABLE message ADD CONSTRAINT fallback_is_a_short_list
  CHECK (jsonb_typeof(fallback) = 'array' AND jsonb_array_length(fallback) BETWEEN 1 AND 3) NOT VALID;

-- An id for a row that the database makes by itself. PostgreSQL has one of its own only since 18.
CREATE FUNCTION uuid_v7_now() RETURNS uuid
  LANGUAGE sql VOLATILE PARALLEL SAFE
  -- The time, the version, and all of a random id that stands behind its version.
  RETURN (lpad(to_hex(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
          || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid;

-- Reason in the runtime module says the same; a test compares the two.
CREATE FUNCTION another_provider_may_do_better(reason text) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN coalesce(reason IN ('refused_by_provider', 'refused_by_carrier', 'provider_configuration'), false);

-- All messages that came of one, in the order of their making, without it.
CREATE FUNCTION messages_that_followed(first_id uuid, since timestamptz) RETURNS SETOF uuid
  LANGUAGE sql STABLE ROWS 2
  BEGIN ATOMIC
    WITH RECURSIVE line AS (
      -- Clocks are put back by less.
      SELECT m.id FROM message m WHERE m.fallback_of = first_id AND m.id >= uuid_v7_floor(since - interval '1 hour')
      UNION ALL
      SELECT m.id FROM line l
      JOIN message m ON m.fallback_of = l.id AND m.id >= uuid_v7_floor(since - interval '1 hour')
    )
    SELECT id FROM line;
  END;

-- The person has the message after all: what was to replace it, and has not left, stays here.
CREATE FUNCTION withdraw_what_followed(arrived uuid, since timestamptz) RETURNS void
  LANGUAGE sql
  BEGIN ATOMIC
    WITH withdrawn AS (
      UPDATE message
      SET status = 'canceled', reason = 'first_arrived', settled_at = now()
      WHERE id IN (
        SELECT m.id FROM message m
        WHERE m.id IN (SELECT messages_that_followed(arrived, since))
          AND message_may_move(m.status, 'canceled')
        -- Rows of message are locked by id, and these come after others of the same statement: so nobody waits for them. One that
        -- is locked is being claimed.
        FOR NO KEY UPDATE SKIP LOCKED)
      RETURNING id
    )
    DELETE FROM outbox o USING withdrawn w WHERE o.message_id = w.id;
  END;

-- A message of its own, with its own promise; topic is its channel, as of all that is not routed yet.
CREATE FUNCTION append_follower(
    ended message, what jsonb, valid interval, fallback_left jsonb, avoided text[]) RETURNS void
  LANGUAGE sql
  BEGIN ATOMIC
    WITH stored AS (
      INSERT INTO message (id, account_id, status, channel, lane, on_unknown, possible_duplicate, segments, encoding, created_at,
                           expires_at, recipient, sender, body, media_urls, content, reference, metadata, retry, fallback,
                           on_undelivered, fallback_of, avoided_providers)
      SELECT uuid_v7_now(), ended.account_id, 'queued', what ->> 'channel', ended.lane, ended.on_unknown,
             ended.possible_duplicate OR coalesce(ended.reason = 'outcome_unknown', false), (what ->> 'segments')::smallint, what ->> 'encoding',
             now(), now() + valid, what ->> 'to', what ->> 'from', what ->> 'text', nullif(what -> 'media_urls', 'null'),
             nullif(what -> 'content', 'null'), ended.reference, ended.metadata, ended.retry, nullif(fallback_left, '[]'),
             ended.on_undelivered, ended.id, avoided
      RETURNING id, channel, lane, account_id
    )
    INSERT INTO outbox (message_id, topic, lane, account_id, due_at, created_at)
    SELECT id, channel, lane, account_id, now(), now() FROM stored;
  END;

-- Decides what follows a message that has ended. Null for nothing: the person may have it, has opted out, or it was taken back.
CREATE FUNCTION follow_message() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  ended   message;
  avoided text[];
BEGIN
  IF NEW.status IN ('sent', 'delivered', 'read') THEN
    IF OLD.status IN ('failed', 'undelivered', 'expired') THEN
      PERFORM withdraw_what_followed(NEW.id, NEW.created_at);
    END IF;
    RETURN NULL;
  END IF;
  IF NEW.status NOT IN ('failed', 'undelivered', 'expired') OR NEW.status = OLD.status
      OR NEW.reason = 'recipient_opted_out'
      OR NEW.reason = 'outcome_unknown' AND NEW.on_unknown <> 'resend'
      -- "Failed" may have been corrected into "sent", and be followed by "undelivered".
      OR EXISTS (SELECT FROM message m
                 WHERE m.fallback_of = NEW.id AND m.id >= uuid_v7_floor(NEW.created_at - interval '1 hour')
                   AND m.reason IS DISTINCT FROM 'first_arrived') THEN
    RETURN NULL;
  END IF;

  -- NEW is a row of a partition, which is another type.
  SELECT * INTO ended FROM message m WHERE m.id = NEW.id;
  avoided := coalesce(NEW.avoided_providers, '{}') || NEW.provider;
  IF NEW.on_undelivered = 'another_provider'
      -- Only receipts settle what was sent, and only what was sent has a time of sending.
      AND NEW.sent_at IS NOT NULL AND another_provider_may_do_better(NEW.reason)
      AND NEW.expires_at > now() AND cardinality(avoided) <= 3
      AND EXISTS (SELECT FROM routing_table t, jsonb_array_elements(t.content -> 'routes') r, jsonb_array_elements(r -> 'providers') p
                  WHERE r ->> 'channel' = NEW.channel AND p ->> 'name' <> ALL (avoided)) THEN
    PERFORM append_follower(
      ended,
      jsonb_build_object(
        'channel', NEW.channel, 'to', NEW.recipient, 'from', NEW.sender, 'text', NEW.body, 'media_urls', NEW.media_urls,
        'content', NEW.content, 'segments', NEW.segments, 'encoding', NEW.encoding),
      NEW.expires_at - now(), NEW.fallback, avoided);
  ELSIF NEW.fallback IS NOT NULL THEN
    PERFORM append_follower(
      ended,
      NEW.fallback -> 0,
      -- A validity of its own, else as long as this one had.
      coalesce((NEW.fallback -> 0 ->> 'valid_for_ms')::bigint * interval '1 millisecond',
               NEW.expires_at - greatest(NEW.created_at, NEW.send_at)),
      NEW.fallback - 0, NULL);
  END IF;
  RETURN NULL;
END $$;

-- Messages end in many statements: here, what follows them cannot be forgotten, and is there exactly when they have ended. The
-- condition is all that other messages pay; it is prepared anew for each statement, so it is short and calls nothing.
CREATE TRIGGER message_is_followed AFTER UPDATE OF status ON message FOR EACH ROW
  WHEN (NEW.fallback IS NOT NULL OR NEW.on_undelivered IS NOT NULL)
  EXECUTE FUNCTION follow_message();

-- A message that follows another repeats it, as one does that was sent anew.
CREATE OR REPLACE FUNCTION message_may_have_been_sent(message_id uuid) RETURNS boolean
  LANGUAGE sql STABLE
  BEGIN ATOMIC
    WITH RECURSIVE line AS (
      SELECT m.id, coalesce(m.replay_of, m.fallback_of) AS repeats, m.status, m.reason, m.possible_duplicate
      FROM message m WHERE m.id = message_may_have_been_sent.message_id
      UNION ALL
      SELECT m.id, coalesce(m.replay_of, m.fallback_of), m.status, m.reason, m.possible_duplicate
      FROM line l JOIN message m ON m.id = l.repeats
    )
    SELECT coalesce(bool_or(
             l.status IN ('sent', 'delivered', 'read')
             OR coalesce(l.reason, '') = 'outcome_unknown'
             OR l.possible_duplicate
             OR EXISTS (SELECT FROM attempt a
                        WHERE a.message_id = l.id AND a.outcome IN ('unknown', 'accepted')
                          AND NOT EXISTS (SELECT FROM callback c
                                          WHERE c.message_id = l.id AND coalesce(c.attempt, a.n) = a.n
                                            AND c.status IN ('failed', 'undelivered')))), false)
    FROM line l;
  END;
