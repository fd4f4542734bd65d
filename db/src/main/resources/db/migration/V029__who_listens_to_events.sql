-- Whoever goes on from a position has to be told when something after it is missing: because nobody listened for a while, so that
-- nothing was stored, or because it was old and is gone.

-- Nothing that happened from here on is missing, as long as the listening has not ended.
ALTER TABLE event_listening ADD COLUMN since xid8 NOT NULL DEFAULT event_horizon();

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

-- As before, and remembers what it drops.
CREATE OR REPLACE FUNCTION keep_event_partitions(days_kept int, days_ahead int) RETURNS int
  LANGUAGE plpgsql
  SET lock_timeout = '500ms' AS $$
DECLARE
  today date := (now() AT TIME ZONE 'UTC')::date;
  day   date;
  old   text;
  made  int := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('heliograph.keep_event_partitions'));
  FOR old IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
             WHERE i.inhparent = 'event'::regclass AND c.relname ~ '^event_[0-9]{8}$'
               AND to_date(right(c.relname, 8), 'YYYYMMDD') < today - days_kept LOOP
    EXECUTE format('UPDATE event_forgotten f SET xid = e.xid, sequence = e.sequence
                    FROM (SELECT xid, sequence FROM %I ORDER BY xid DESC, sequence DESC LIMIT 1) e
                    WHERE (e.xid, e.sequence) > (f.xid, f.sequence)', old);
    EXECUTE format('DROP TABLE %I', old);
  END LOOP;
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
  RETURN made;
END $$;

-- As before, but for the event that tries one endpoint: whoever stores it promises it to that one.
CREATE OR REPLACE FUNCTION promise_webhooks() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO webhook_delivery (id, account_id, event_id, endpoint_id, due_at, created_at)
  SELECT uuid_v7_now(), e.account_id, e.id, w.id, now(), now()
  FROM told e
  JOIN webhook_endpoint w ON w.account_id = e.account_id AND w.deleted_at IS NULL AND w.disabled_at IS NULL
    AND (w.event_types IS NULL OR e.type = ANY (w.event_types))
  LEFT JOIN message m ON m.id = e.message_id AND w.channels IS NOT NULL
  WHERE e.type <> 'webhook_endpoint.test'
    AND (w.channels IS NULL OR coalesce(m.channel, e.data ->> 'channel') IS NULL
         OR coalesce(m.channel, e.data ->> 'channel') = ANY (w.channels))
  UNION ALL
  SELECT uuid_v7_now(), e.account_id, e.id, NULL, now(), now()
  FROM told e JOIN message m ON m.id = e.message_id
  WHERE m.status_callback IS NOT NULL;
  RETURN NULL;
END $$;
