-- Partitioned by id, which is ordered by time: retention is the drop of a partition.
--
-- No index on a column that changes after the insert (status, attempt, provider, ...), partial indexes included: then
-- claim, result and receipt are HOT updates, which write no index. fillfactor keeps room for them on the page.
CREATE TABLE message (
  id                 uuid        NOT NULL,
  account_id         bigint      NOT NULL,
  -- Status is kept near the top for whoever reads the table by eye.
  status             text        NOT NULL,
  attempt            smallint    NOT NULL DEFAULT 0,
  reason             text,
  channel            text        NOT NULL,
  lane               text        NOT NULL,
  on_unknown         text        NOT NULL,
  possible_duplicate boolean     NOT NULL DEFAULT false,
  segments           smallint    NOT NULL,
  encoding           text        NOT NULL,
  created_at         timestamptz NOT NULL,
  send_at            timestamptz,
  expires_at         timestamptz NOT NULL,
  -- When the current attempt was claimed; an attempt that is not recorded long after is unknown.
  claimed_at         timestamptz,
  -- The batch that claimed it: a worker that lost the answer to its claim asks again, and gets what it already has.
  claim              uuid,
  sent_at            timestamptz,
  settled_at         timestamptz,
  unknown_since      timestamptz,
  provider           text,
  recipient          text        NOT NULL,
  sender             text,
  body               text        NOT NULL,
  media_urls         jsonb,
  reference          text,
  metadata           jsonb,

  PRIMARY KEY (id),
  CONSTRAINT status_is_known CHECK (status IN
    ('scheduled', 'queued', 'sending', 'unknown', 'sent', 'delivered', 'read', 'undelivered', 'failed', 'expired',
     'refused', 'canceled')),
  CONSTRAINT attempt_is_not_negative CHECK (attempt >= 0),
  CONSTRAINT lane_is_known CHECK (lane IN ('critical', 'normal', 'bulk')),
  CONSTRAINT channel_is_known CHECK (channel IN ('sms', 'whatsapp')),
  CONSTRAINT on_unknown_is_known CHECK (on_unknown IN ('fail', 'resend')),
  CONSTRAINT settled_has_a_time_and_the_rest_has_none CHECK (message_is_settled(status) = (settled_at IS NOT NULL)),
  CONSTRAINT only_a_scheduled_message_waits_for_its_time CHECK (status <> 'scheduled' OR send_at IS NOT NULL)
) PARTITION BY RANGE (id);

-- Rows outside all partitions are kept rather than refused; there should be none.
CREATE TABLE message_default PARTITION OF message DEFAULT WITH (fillfactor = 75);

CREATE INDEX message_by_account_and_recipient ON message (account_id, recipient, id);
CREATE INDEX message_by_account ON message (account_id, id);
CREATE INDEX message_by_reference ON message (account_id, reference, id) WHERE reference IS NOT NULL;

-- Every send that was tried, append only. A message that was claimed by a worker that died has its row from the resolver.
CREATE TABLE attempt (
  message_id          uuid        NOT NULL,
  n                   smallint    NOT NULL,
  provider            text        NOT NULL,
  provider_message_id text,
  outcome             text        NOT NULL,
  code                text,
  started_at          timestamptz NOT NULL,
  finished_at         timestamptz NOT NULL,

  PRIMARY KEY (message_id, n),
  CONSTRAINT outcome_is_known CHECK (outcome IN ('accepted', 'refused', 'try_later', 'unknown')),
  CONSTRAINT attempts_count_from_one CHECK (n >= 1)
) PARTITION BY RANGE (message_id);

CREATE TABLE attempt_default PARTITION OF attempt DEFAULT;

CREATE INDEX attempt_by_provider_message_id ON attempt (provider_message_id) WHERE provider_message_id IS NOT NULL;

-- Makes the partitions of message and attempt for each UTC day from yesterday to days_ahead; says how many it made.
CREATE FUNCTION make_partitions(days_ahead int) RETURNS int
  LANGUAGE plpgsql AS $$
DECLARE
  day  date;
  made int := 0;
BEGIN
  -- Two processes may ask at once: one makes, the other waits and finds them made.
  PERFORM pg_advisory_xact_lock(hashtext('heliograph.make_partitions'));
  FOR day IN SELECT generate_series((now() AT TIME ZONE 'UTC')::date - 1,
                                    (now() AT TIME ZONE 'UTC')::date + days_ahead, interval '1 day')::date LOOP
    IF to_regclass('message_' || to_char(day, 'YYYYMMDD')) IS NULL THEN
      EXECUTE format('CREATE TABLE message_%s PARTITION OF message FOR VALUES FROM (%L) TO (%L) WITH (fillfactor = 75,'
                     || ' autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.2)',
                     to_char(day, 'YYYYMMDD'), uuid_v7_floor(day::timestamp AT TIME ZONE 'UTC'),
                     uuid_v7_floor((day + 1)::timestamp AT TIME ZONE 'UTC'));
      EXECUTE format('CREATE TABLE attempt_%s PARTITION OF attempt FOR VALUES FROM (%L) TO (%L)',
                     to_char(day, 'YYYYMMDD'), uuid_v7_floor(day::timestamp AT TIME ZONE 'UTC'),
                     uuid_v7_floor((day + 1)::timestamp AT TIME ZONE 'UTC'));
      made := made + 1;
    END IF;
  END LOOP;
  RETURN made;
END $$;

SELECT make_partitions(7);
