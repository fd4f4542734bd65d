-- How fast a customer account may send, whatever the provider: a message takes a turn for the moment in which it leaves, so the
-- turns of an account are as far apart as its limit asks. Written by the worker that first sees the account, or a changed file.
CREATE TABLE account_rate (
  account_id bigint      PRIMARY KEY,
  -- Null where there is no limit any more.
  per_second float8,
  next_at    timestamptz NOT NULL DEFAULT now(),

  CONSTRAINT account_per_second_is_positive CHECK (per_second > 0)
) WITH (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
        autovacuum_vacuum_cost_delay = 0);

-- How much of an account relays have put onto the broker: until then they have used up what it may send. Coarse, and a row of its
-- own, so that no message that is about to leave waits for a relay.
CREATE TABLE account_feed (
  account_id bigint      PRIMARY KEY,
  next_at    timestamptz NOT NULL
) WITH (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
        autovacuum_vacuum_cost_delay = 0);

-- How much of what waits is in nobody's way: an account's backlog beyond its limit must not make other accounts' estimates longer.
ALTER TABLE backlog ADD COLUMN held bigint NOT NULL DEFAULT 0;

-- Turns are further apart than the limit asks. That pays for 50 ms by which one may come early (messages do not arrive one by one),
-- 20 ms in which it leaves, 10 ms on its way, and half a hundredth of the limit in one call: 0.92 * 1.08 + 0.005 is less than 1.
CREATE FUNCTION turn_gap(per_second float8) RETURNS interval
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN make_interval(secs => 1 / (0.92 * per_second));

-- Turns for calls of so many messages each, which leave in these moments, the soonest first, or at once where that is null; and how
-- much later one that gets none may leave.
CREATE FUNCTION take_turns(asked bigint, calls int[], leaves_at timestamptz[])
  RETURNS TABLE (database_at timestamptz, granted boolean[], wait_seconds float8[])
  LANGUAGE plpgsql AS $$
DECLARE
  early CONSTANT interval := interval '50 milliseconds';
  rate  account_rate;
  at    timestamptz;
  gap   interval;
  turn  timestamptz;
BEGIN
  SELECT r.* INTO rate FROM account_rate r WHERE r.account_id = asked FOR NO KEY UPDATE;
  -- After the wait for the row, not before it.
  database_at := clock_timestamp();
  IF NOT FOUND OR rate.per_second IS NULL THEN
    granted := array_fill(true, ARRAY[cardinality(calls)]);
    wait_seconds := array_fill(0::float8, ARRAY[cardinality(calls)]);
    RETURN NEXT;
    RETURN;
  END IF;
  gap := turn_gap(rate.per_second);
  -- No turn was ever given away further ahead, unless the limit was lower then, or the clock was put back.
  turn := least(rate.next_at, database_at + gap + interval '300 milliseconds');
  FOR i IN 1..cardinality(calls) LOOP
    at := greatest(database_at, leaves_at[i]);
    granted[i] := turn - early <= at;
    wait_seconds[i] := greatest(0, extract(epoch FROM turn - early - at));
    IF granted[i] THEN
      turn := greatest(turn, at) + calls[i] * gap;
    END IF;
  END LOOP;
  IF true = ANY (granted) THEN
    UPDATE account_rate r SET next_at = turn WHERE r.account_id = asked;
  END IF;
  RETURN NEXT;
END $$;
