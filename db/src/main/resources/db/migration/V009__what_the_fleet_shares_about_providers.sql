-- The routes in force, without secrets: written by a worker that has read its file, read by gateways and relays.
CREATE TABLE routing_table (
  is_the_only_row boolean     PRIMARY KEY DEFAULT true,
  content         jsonb       NOT NULL,
  loaded_at       timestamptz NOT NULL DEFAULT now(),

  CONSTRAINT there_is_one_routing_table CHECK (is_the_only_row)
);

-- One row for each thing that may not be sent to, or from, faster than so many a second. Slots, not counters: a slot is a
-- moment at which one message may go, a worker leases the next few, and no two workers ever get the same one.
CREATE TABLE send_rate (
  scope        text        PRIMARY KEY,
  -- Null where there is no limit: then it can only be paused.
  per_second   float8,
  next_slot_at timestamptz NOT NULL DEFAULT now(),
  -- The part of the limit that is in use since share_at: less than all of it after the provider has said "too fast".
  share        float8      NOT NULL DEFAULT 1,
  share_at     timestamptz NOT NULL DEFAULT now(),
  paused_until timestamptz NOT NULL DEFAULT '-infinity',

  CONSTRAINT per_second_is_positive CHECK (per_second > 0),
  CONSTRAINT share_is_a_share CHECK (share > 0 AND share <= 1)
) WITH (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
        autovacuum_vacuum_cost_delay = 0);

-- Slots are a fiftieth further apart than the limit asks, so that a message which leaves up to 15 ms late, and travels 5 ms
-- longer than the one before it, still does not make any second too full.
CREATE FUNCTION slot_gap(per_second float8, share float8) RETURNS interval
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN make_interval(secs => 1 / (0.98 * per_second * share));

-- What was taken away comes back by a twentieth of the limit each second.
CREATE FUNCTION share_now(share float8, share_at timestamptz, at timestamptz) RETURNS float8
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN least(1, share + 0.05 * greatest(0, extract(epoch FROM at - share_at)));

-- Up to so many of the next slots of a provider, none of them further ahead than the horizon. Where senders are given, each
-- slot is one of a sender as well, the one that has waited longest. No row in the answer: the scope is not known.
CREATE FUNCTION lease_slots(asked text, sender_scopes text[], wanted int, horizon interval)
  RETURNS TABLE (database_at timestamptz, resumes_at timestamptz, slot_at timestamptz[], slot_sender text[])
  LANGUAGE plpgsql AS $$
DECLARE
  rate   send_rate;
  sender send_rate;
  gap    interval;
  slot   timestamptz;
BEGIN
  SELECT r.* INTO rate FROM send_rate r WHERE r.scope = asked FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  -- After the wait for the row, not before it.
  database_at := clock_timestamp();
  slot_at := '{}';
  slot_sender := '{}';
  gap := coalesce(slot_gap(rate.per_second, share_now(rate.share, rate.share_at, database_at)), interval '0');
  -- No slot was ever leased further ahead than this, unless the limit was lower then, or the clock was put back.
  slot := greatest(least(rate.next_slot_at, database_at + horizon + gap), database_at);
  resumes_at := greatest(rate.paused_until, slot);
  IF rate.paused_until > database_at THEN
    RETURN NEXT;
    RETURN;
  END IF;

  FOR i IN 1..wanted LOOP
    EXIT WHEN slot > database_at + horizon;
    IF cardinality(sender_scopes) > 0 THEN
      SELECT r.* INTO sender FROM send_rate r
      WHERE r.scope = ANY (sender_scopes) AND r.paused_until <= database_at
      ORDER BY r.next_slot_at LIMIT 1;
      IF NOT FOUND THEN
        SELECT greatest(slot, min(r.paused_until)) INTO resumes_at FROM send_rate r WHERE r.scope = ANY (sender_scopes);
        EXIT;
      END IF;
      slot := greatest(slot, sender.next_slot_at);
      resumes_at := slot;
      EXIT WHEN slot > database_at + horizon;
      UPDATE send_rate r
      SET next_slot_at = slot + coalesce(slot_gap(r.per_second, share_now(r.share, r.share_at, database_at)), interval '0')
      WHERE r.scope = sender.scope;
      slot_sender := slot_sender || sender.scope;
    END IF;
    slot_at := slot_at || slot;
    slot := slot + gap;
  END LOOP;

  IF cardinality(slot_at) > 0 THEN
    resumes_at := slot;
    UPDATE send_rate r SET next_slot_at = slot WHERE r.scope = asked;
  END IF;
  RETURN NEXT;
END $$;

-- The provider has said "too fast": everybody slows down, once a second at the most, and rests for as long as it asked.
CREATE FUNCTION slow_down(asked text, rest interval) RETURNS void
  LANGUAGE sql
  BEGIN ATOMIC
    UPDATE send_rate r
    SET share = CASE WHEN r.share_at > now() - interval '1 second' AND r.share < 1 THEN r.share
                     ELSE greatest(0.05, 0.7 * share_now(r.share, r.share_at, now())) END,
        share_at = CASE WHEN r.share_at > now() - interval '1 second' AND r.share < 1 THEN r.share_at ELSE now() END,
        paused_until = greatest(r.paused_until, now() + rest)
    WHERE r.scope = asked;
  END;

-- Whether a provider is up, as the whole fleet has it. Down, it is left alone until retry_at; then one worker, and no
-- other, tries it with a few messages.
CREATE TABLE provider_state (
  provider      text        PRIMARY KEY,
  state         text        NOT NULL DEFAULT 'up',
  changed_at    timestamptz NOT NULL DEFAULT now(),
  -- How often in a row it was found down: the rest grows with it.
  times_down    int         NOT NULL DEFAULT 0,
  retry_at      timestamptz,
  prober        uuid,
  probing_until timestamptz,

  CONSTRAINT provider_state_is_known CHECK (state IN ('up', 'down', 'probing'))
);

-- What each worker has seen of each provider in its last second. Rows of workers that are gone are removed by others.
CREATE TABLE provider_report (
  provider    text        NOT NULL,
  worker      uuid        NOT NULL,
  reported_at timestamptz NOT NULL,
  accepted    float8      NOT NULL,
  refused     float8      NOT NULL,
  failed      float8      NOT NULL,
  latency_ms  float8,
  in_flight   int         NOT NULL,

  PRIMARY KEY (provider, worker)
) WITH (fillfactor = 50);

-- What receipts said, by the minute: the measured delivery rate that routes weigh prices with.
CREATE TABLE provider_minute (
  provider    text        NOT NULL,
  minute      timestamptz NOT NULL,
  delivered   bigint      NOT NULL DEFAULT 0,
  undelivered bigint      NOT NULL DEFAULT 0,

  PRIMARY KEY (provider, minute)
) WITH (fillfactor = 50);
