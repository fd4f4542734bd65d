-- How long what is kept, by account and kind; and how far relays have come with forgetting the rest.

-- What the operator has set for whoever has set nothing. One row; relays write it from their configuration.
CREATE TABLE retention_default (
  one             boolean  PRIMARY KEY DEFAULT true,
  messages        interval NOT NULL DEFAULT '3650 days',
  message_content interval NOT NULL DEFAULT '3650 days',
  callbacks       interval NOT NULL DEFAULT '3650 days',
  inbound         interval NOT NULL DEFAULT '365 days',
  notifications   interval NOT NULL DEFAULT '3650 days',
  events          interval NOT NULL DEFAULT '7 days',
  verifications   interval NOT NULL DEFAULT '7 days',
  idempotency     interval NOT NULL DEFAULT '7 days',

  CONSTRAINT there_is_one_default CHECK (one)
);

INSERT INTO retention_default DEFAULT VALUES;

-- In days; null for the operator's. The bounds are Retention's in the gateway; whose a STOP is, messages say for 30 days.
ALTER TABLE account_setting
  ADD COLUMN messages_days        int CHECK (messages_days BETWEEN 30 AND 3650),
  ADD COLUMN message_content_days int CHECK (message_content_days BETWEEN 30 AND 3650),
  ADD COLUMN callbacks_days       int CHECK (callbacks_days BETWEEN 3 AND 3650),
  ADD COLUMN inbound_days         int CHECK (inbound_days BETWEEN 7 AND 3650),
  ADD COLUMN notifications_days   int CHECK (notifications_days BETWEEN 7 AND 3650),
  ADD COLUMN events_days          int CHECK (events_days BETWEEN 2 AND 30),
  ADD COLUMN verifications_days   int CHECK (verifications_days BETWEEN 2 AND 365),
  ADD COLUMN idempotency_days     int CHECK (idempotency_days BETWEEN 1 AND 30);

-- What holds for each account. A message is there as long as its idempotency key is, and longer than anything that is part of it.
CREATE VIEW retention AS
SELECT h.account_id, h.messages, least(h.message_content, h.messages) AS message_content, least(h.callbacks, h.messages) AS callbacks,
       h.inbound, h.notifications, h.events, h.verifications, h.idempotency
FROM (
  SELECT a.id AS account_id,
         greatest(coalesce(s.messages_days * interval '1 day', d.messages),
                  coalesce(s.idempotency_days * interval '1 day', d.idempotency)) AS messages,
         coalesce(s.message_content_days * interval '1 day', d.message_content) AS message_content,
         coalesce(s.callbacks_days * interval '1 day', d.callbacks) AS callbacks,
         coalesce(s.inbound_days * interval '1 day', d.inbound) AS inbound,
         coalesce(s.notifications_days * interval '1 day', d.notifications) AS notifications,
         coalesce(s.events_days * interval '1 day', d.events) AS events,
         coalesce(s.verifications_days * interval '1 day', d.verifications) AS verifications,
         coalesce(s.idempotency_days * interval '1 day', d.idempotency) AS idempotency
  FROM account a CROSS JOIN retention_default d LEFT JOIN account_setting s ON s.account_id = a.id
) h;

-- What is younger is kept by everybody, and what is older than the longest by nobody.
CREATE VIEW retention_shortest AS
SELECT least(d.messages, (SELECT min(messages) FROM retention)) AS messages,
       least(d.callbacks, (SELECT min(callbacks) FROM retention)) AS callbacks,
       least(d.inbound, min(s.inbound_days) * interval '1 day') AS inbound,
       least(d.notifications, min(s.notifications_days) * interval '1 day') AS notifications,
       least(d.events, min(s.events_days) * interval '1 day') AS events,
       least(d.verifications, min(s.verifications_days) * interval '1 day') AS verifications,
       least(d.idempotency, min(s.idempotency_days) * interval '1 day') AS idempotency
FROM retention_default d LEFT JOIN account_setting s ON true
GROUP BY d.one;

CREATE VIEW retention_longest AS
SELECT greatest(d.messages, d.idempotency, (SELECT max(messages) FROM retention)) AS messages,
       greatest(d.events, (SELECT max(events) FROM retention)) AS events
FROM retention_default d;

-- Up to where an account's messages were looked at, in the order of their ids, for one kind of forgetting: content, row or event. Accounts
-- that keep what everybody keeps have none: their messages go with the day.
CREATE TABLE retention_walk (
  kind       text        NOT NULL,
  account_id bigint      NOT NULL,
  position   uuid        NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  -- When there may be more to do.
  due_at     timestamptz NOT NULL DEFAULT now(),

  PRIMARY KEY (kind, account_id),
  CONSTRAINT walk_kind_is_known CHECK (kind IN ('content', 'row', 'event'))
);

-- What the walk came by too early: a message that had not settled, because it had a time, or had only just.
CREATE TABLE retention_late (
  kind       text        NOT NULL,
  message_id uuid        NOT NULL,
  account_id bigint      NOT NULL,
  due_at     timestamptz NOT NULL,

  PRIMARY KEY (kind, message_id)
);

CREATE INDEX retention_late_in_order ON retention_late (kind, due_at);

-- Drops the messages and attempts of a day, unless something of it is still promised, or its receipts are being asked for: 'dropped', 'kept' or
-- 'gone'. The caller has seen that all of them are settled.
--
-- A partition cannot be detached concurrently beside a default one, so this takes the tables for itself for a moment; waiting for that behind
-- somebody who reads for long would have every insert wait behind us: better to give up soon and try again. Files are removed after the locks.
CREATE FUNCTION drop_message_day(day date) RETURNS text
  LANGUAGE plpgsql
  SET lock_timeout = '500ms' AS $$
DECLARE
  name   text := to_char(day, 'YYYYMMDD');
  first  uuid := uuid_v7_floor(day::timestamp AT TIME ZONE 'UTC');
  beyond uuid := uuid_v7_floor((day + 1)::timestamp AT TIME ZONE 'UTC');
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('heliograph.make_partitions'));
  -- Another relay may have been faster. to_regclass would not see that: it goes by what this session remembers.
  IF NOT EXISTS (SELECT FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                 WHERE i.inhparent = 'message'::regclass AND c.relname = 'message_' || name) THEN
    RETURN 'gone';
  END IF;
  -- Asked again: since the day was found due, an account or the operator may have said that it is kept longer.
  IF (day + 1)::timestamp AT TIME ZONE 'UTC' > now() - (SELECT messages FROM retention_longest)
      OR EXISTS (SELECT FROM outbox o WHERE o.message_id >= first AND o.message_id < beyond)
      OR EXISTS (SELECT FROM receipt_due r
                 WHERE r.message_id >= first AND r.message_id < beyond AND r.due_at > now() - interval '7 days')
      -- What analytics have not counted yet would be missing from them for good.
      OR analytics_as_of() < (day + 1)::timestamp AT TIME ZONE 'UTC' THEN
    RETURN 'kept';
  END IF;
  EXECUTE format('DROP TABLE message_%1$s', name);
  EXECUTE format('DROP TABLE IF EXISTS attempt_%1$s', name);
  RETURN 'dropped';
END $$;
