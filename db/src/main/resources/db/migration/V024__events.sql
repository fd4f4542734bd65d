-- What happens to messages, for those who want to hear of it. An account that nobody listens for pays for nothing: no event of
-- it is stored. An endpoint listens for ever, a stream for a day after it was last read.
CREATE TABLE event_listening (
  account_id bigint      PRIMARY KEY REFERENCES account,
  until      timestamptz NOT NULL,
  -- Nothing that happened from here on is missing, as long as the listening has not ended.
  since      xid8        NOT NULL DEFAULT pg_snapshot_xmin(pg_current_snapshot())
);

CREATE SEQUENCE event_sequence;

-- Append only, and narrow: what a message never changes is read from the message when the event is told, so what is redacted or
-- erased there is not told any more.
--
-- A sequence is drawn before its transaction commits, so a reader that goes by it alone would pass over what commits late. Readers
-- go by (xid, sequence), and only up to the oldest transaction that still runs: event_horizon().
CREATE TABLE event (
  id          uuid        NOT NULL,
  sequence    bigint      NOT NULL DEFAULT nextval('event_sequence'),
  xid         xid8        NOT NULL DEFAULT pg_current_xact_id(),
  account_id  bigint      NOT NULL,
  type        text        NOT NULL,
  occurred_at timestamptz NOT NULL,
  message_id  uuid,
  -- Of the message, at that time.
  attempt     smallint,
  provider    text,
  reason      text,
  -- What the other types tell; null for messages.
  data        jsonb,

  PRIMARY KEY (id)
) PARTITION BY RANGE (id);

CREATE TABLE event_default PARTITION OF event DEFAULT;

-- For the stream's tail, which is the same for all accounts; and for whoever reads an account's past.
CREATE INDEX event_in_order ON event (xid, sequence);
CREATE INDEX event_by_account_in_order ON event (account_id, xid, sequence);

-- Below it nothing is added any more.
CREATE FUNCTION event_horizon() RETURNS xid8
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN pg_snapshot_xmin(pg_current_snapshot());

-- Whoever goes on from a position has to be told when something after it is missing: because nobody listened for a while, so that
-- nothing was stored, or because it was old and is gone.
--
-- The last events that were dropped; none yet. One row.
CREATE TABLE event_forgotten (
  xid      xid8    NOT NULL,
  sequence bigint  NOT NULL,
  one      boolean PRIMARY KEY DEFAULT true,

  CONSTRAINT only_one_row CHECK (one)
);

INSERT INTO event_forgotten (xid, sequence) VALUES ('0', 0);

-- Listens at least until then; answers since when.
CREATE FUNCTION listen_to_events(account bigint, at_least_until timestamptz) RETURNS xid8
  LANGUAGE sql AS $$
  INSERT INTO event_listening AS l (account_id, until, since) VALUES (account, at_least_until, event_horizon())
  ON CONFLICT (account_id) DO UPDATE
  SET until = greatest(l.until, excluded.until),
      since = CASE WHEN l.until > now() THEN l.since ELSE excluded.since END
  RETURNING since
$$;

-- One day after the other, as make_partitions does it for messages; drops the days that are older than days_kept, and
-- remembers what it drops.
CREATE FUNCTION keep_event_partitions(days_kept int, days_ahead int) RETURNS int
  LANGUAGE plpgsql
  SET lock_timeout = '500ms' AS $$
DECLARE
  today date := (now() AT TIME ZONE 'UTC')::date;
  day   date;
  old   text;
  made  int := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('heliograph.keep_event_partitions'));
  FOR day IN SELECT generate_series(today - 1, today + days_ahead, interval '1 day')::date LOOP
    CONTINUE WHEN to_regclass('event_' || to_char(day, 'YYYYMMDD')) IS NOT NULL;
    BEGIN
      EXECUTE format('CREATE TABLE event_%s PARTITION OF event FOR VALUES FROM (%L) TO (%L)', to_char(day, 'YYYYMMDD'),
                     uuid_v7_floor(day::timestamp AT TIME ZONE 'UTC'),
                     uuid_v7_floor((day + 1)::timestamp AT TIME ZONE 'UTC'));
      made := made + 1;
    EXCEPTION WHEN check_violation THEN
      RAISE WARNING 'Events of % lie in the default partition, where they stay', day;
    END;
  END LOOP;
  FOR old IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
             WHERE i.inhparent = 'event'::regclass AND c.relname ~ '^event_[0-9]{8}$'
               AND to_date(right(c.relname, 8), 'YYYYMMDD') < today - days_kept LOOP
    BEGIN
      EXECUTE format('UPDATE event_forgotten f SET xid = e.xid, sequence = e.sequence
                      FROM (SELECT xid, sequence FROM %I ORDER BY xid DESC, sequence DESC LIMIT 1) e
                      WHERE (e.xid, e.sequence) > (f.xid, f.sequence)', old);
      EXECUTE format('DROP TABLE %I', old);
    EXCEPTION WHEN lock_not_available THEN
      -- The days to come are more important; it goes the next time.
      RAISE NOTICE 'Somebody reads %', old;
    END;
  END LOOP;
  RETURN made;
END $$;

SELECT keep_event_partitions(7, 3);

-- Where a message's own events go, beside the account's endpoints: Twilio's StatusCallback. Written once, with the message.
ALTER TABLE message ADD COLUMN status_callback text;
-- Deleted is out of sight, without text and number; the row stays, so that the ledger adds up. Nothing is told of it any more.
ALTER TABLE message ADD COLUMN deleted_at timestamptz;

CREATE TABLE webhook_endpoint (
  id              uuid        PRIMARY KEY,
  account_id      bigint      NOT NULL REFERENCES account,
  url             text        NOT NULL,
  description     text,
  -- Null: all.
  event_types     text[],
  channels        text[],
  -- Without the prefix whsec_. The one before stays good until its time has passed, so that receivers can change at leisure.
  secret          bytea       NOT NULL,
  previous_secret bytea,
  previous_until  timestamptz,
  created_at      timestamptz NOT NULL DEFAULT now(),
  -- Since when nothing has arrived; null while things do.
  failing_since   timestamptz,
  disabled_at     timestamptz,
  disabled_reason text,
  deleted_at      timestamptz,

  CONSTRAINT webhook_url_is_not_empty CHECK (length(url) BETWEEN 1 AND 2048),
  CONSTRAINT previous_secret_has_an_end CHECK ((previous_secret IS NULL) = (previous_until IS NULL)),
  CONSTRAINT disabled_has_a_reason CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL))
);

CREATE INDEX webhook_endpoint_by_account ON webhook_endpoint (account_id) WHERE deleted_at IS NULL;

-- A promise, as in outbox: exists exactly as long as its event has not arrived there and is not given up, and is due at a time.
CREATE TABLE webhook_delivery (
  id          uuid        PRIMARY KEY,
  account_id  bigint      NOT NULL,
  event_id    uuid        NOT NULL,
  -- Null: the message's own status_callback.
  endpoint_id uuid,
  due_at      timestamptz NOT NULL,
  created_at  timestamptz NOT NULL,
  tries       smallint    NOT NULL DEFAULT 0
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
        autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000, autovacuum_vacuum_cost_delay = 0,
        vacuum_truncate = false);

CREATE INDEX webhook_delivery_due ON webhook_delivery (endpoint_id, due_at);
-- Those of no endpoint go out in lines by account.
CREATE INDEX webhook_delivery_of_messages_due ON webhook_delivery (account_id, due_at) WHERE endpoint_id IS NULL;

-- Messages begin and move in many statements: here, no event of theirs can be forgotten, and it is there exactly when they moved.
-- By statement, because a statement moves hundreds.
CREATE FUNCTION tell_of_new_messages() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  -- Most statements concern nobody who listens, and shall pay for no more than this question.
  IF NOT EXISTS (
      SELECT FROM now_there WHERE status_callback IS NOT NULL AND status NOT IN ('scheduled', 'queued', 'sending')
      UNION ALL
      SELECT FROM (SELECT DISTINCT account_id FROM now_there) a
      JOIN event_listening l ON l.account_id = a.account_id AND l.until > now()) THEN
    RETURN NULL;
  END IF;
  INSERT INTO event (id, account_id, type, occurred_at, message_id, reason)
  SELECT uuid_v7_now(), m.account_id, 'message.' || told.status, m.created_at, m.id,
         CASE WHEN told.n = 2 THEN m.reason END
  FROM now_there m LEFT JOIN event_listening l ON l.account_id = m.account_id AND l.until > now()
  -- What is refused at once has both.
  CROSS JOIN LATERAL (VALUES (1, 'accepted'), (2, m.status)) AS told (n, status)
  -- A callback is not told that its message was accepted: whoever sent that has the answer.
  WHERE (l.account_id IS NOT NULL OR m.status_callback IS NOT NULL AND told.n = 2)
    AND told.status NOT IN ('scheduled', 'queued', 'sending')
  ORDER BY m.id, told.n;
  RETURN NULL;
END $$;

CREATE FUNCTION tell_of_moved_messages() RETURNS trigger
  LANGUAGE plpgsql
  -- Many connections plan by nested loops alone, which would compare each row that moved with each that did.
  SET enable_hashjoin = on AS $$
BEGIN
  IF NOT EXISTS (
      SELECT FROM now_so WHERE status_callback IS NOT NULL AND status NOT IN ('scheduled', 'queued', 'sending')
      UNION ALL
      SELECT FROM (SELECT DISTINCT account_id FROM now_so WHERE status NOT IN ('scheduled', 'queued', 'sending')) a
      JOIN event_listening l ON l.account_id = a.account_id AND l.until > now()) THEN
    RETURN NULL;
  END IF;
  INSERT INTO event (id, account_id, type, occurred_at, message_id, attempt, provider, reason)
  SELECT uuid_v7_now(), m.account_id, 'message.' || m.status, now(), m.id, m.attempt, m.provider, m.reason
  FROM now_so m JOIN was w ON w.id = m.id LEFT JOIN event_listening l ON l.account_id = m.account_id AND l.until > now()
  WHERE m.status <> w.status AND m.status NOT IN ('scheduled', 'queued', 'sending') AND m.deleted_at IS NULL
    AND (l.account_id IS NOT NULL OR m.status_callback IS NOT NULL)
  ORDER BY m.id;
  RETURN NULL;
END $$;

CREATE TRIGGER message_accepted_is_told AFTER INSERT ON message
  REFERENCING NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION tell_of_new_messages();

CREATE TRIGGER message_moved_is_told AFTER UPDATE ON message
  REFERENCING OLD TABLE AS was NEW TABLE AS now_so FOR EACH STATEMENT EXECUTE FUNCTION tell_of_moved_messages();

-- Every event promises its deliveries as it is stored, whoever stores it.
CREATE FUNCTION promise_webhooks() RETURNS trigger
  LANGUAGE plpgsql
  -- The plan is kept, and made when nobody knows yet how many messages there will be: id by id, never the whole table.
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  INSERT INTO webhook_delivery (id, account_id, event_id, endpoint_id, due_at, created_at)
  SELECT uuid_v7_now(), e.account_id, e.id, w.id, now(), now()
  FROM told e
  JOIN webhook_endpoint w ON w.account_id = e.account_id AND w.deleted_at IS NULL AND w.disabled_at IS NULL
    AND (w.event_types IS NULL OR e.type = ANY (w.event_types))
  LEFT JOIN message m ON m.id = e.message_id AND w.channels IS NOT NULL
  -- Whoever stores the event that tries one endpoint promises it to that one.
  WHERE e.type <> 'webhook_endpoint.test'
    AND (w.channels IS NULL OR coalesce(m.channel, e.data ->> 'channel') IS NULL
         OR coalesce(m.channel, e.data ->> 'channel') = ANY (w.channels))
  UNION ALL
  SELECT uuid_v7_now(), e.account_id, e.id, NULL, now(), now()
  FROM told e JOIN message m ON m.id = e.message_id
  WHERE m.status_callback IS NOT NULL AND e.type <> 'message.accepted';
  RETURN NULL;
END $$;

CREATE TRIGGER event_promises_webhooks AFTER INSERT ON event
  REFERENCING NEW TABLE AS told FOR EACH STATEMENT EXECUTE FUNCTION promise_webhooks();

-- The delivery log: every try, append only.
CREATE TABLE webhook_try (
  delivery_id  uuid        NOT NULL,
  n            smallint    NOT NULL,
  account_id   bigint      NOT NULL,
  event_id     uuid        NOT NULL,
  endpoint_id  uuid,
  -- Whose own callback it was; null for endpoints.
  message_id   uuid,
  tried_at     timestamptz NOT NULL,
  duration_ms  int         NOT NULL,
  -- Null when there was no answer; then failure says why: timeout, connect_failed, address_refused, redirect, answer_too_large, ...
  status_code  smallint,
  failure      text,
  -- The first characters of the answer, for whoever has to find out.
  answer_head  text,
  next_at      timestamptz,

  PRIMARY KEY (delivery_id, n)
);

CREATE INDEX webhook_try_by_endpoint ON webhook_try (endpoint_id, tried_at) WHERE endpoint_id IS NOT NULL;
CREATE INDEX webhook_try_by_message ON webhook_try (message_id, tried_at) WHERE message_id IS NOT NULL;
CREATE INDEX webhook_try_by_age ON webhook_try USING brin (tried_at) WITH (pages_per_range = 32, autosummarize = on);
