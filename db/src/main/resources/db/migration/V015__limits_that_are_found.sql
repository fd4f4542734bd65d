-- What has no limit of its own may be limited by the provider all the same, which says so: "too fast". So many calls a second, of
-- all workers together, was it found to take at found_at; null before it has ever said so.
ALTER TABLE send_rate ADD COLUMN found_per_second float8, ADD COLUMN found_at timestamptz;
ALTER TABLE send_rate ADD CONSTRAINT found_per_second_is_positive CHECK (found_per_second > 0);

-- It grows again, slowly at first and then faster and faster: by a half in five seconds, fourfold in ten, without end in thirty. So
-- it stays near a limit that is there, and is gone soon after one that is not.
CREATE FUNCTION found_now(found_per_second float8, found_at timestamptz, at timestamptz) RETURNS float8
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN at < found_at + interval '30 seconds' THEN
    found_per_second * exp(0.03 * greatest(0, extract(epoch FROM at - found_at)::float8)
                           + 0.01 * power(greatest(0, extract(epoch FROM at - found_at)::float8), 2)) END;

-- Up to so many of the next slots of a provider, none of them further ahead than the horizon. Where senders are given, each
-- slot is one of a sender as well, the one that has waited longest. Where there is no limit, the one that was found holds. No row
-- in the answer: the scope is not known.
CREATE OR REPLACE FUNCTION lease_slots(asked text, sender_scopes text[], wanted int, horizon interval)
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
  gap := coalesce(slot_gap(rate.per_second, share_now(rate.share, rate.share_at, database_at)),
                  slot_gap(found_now(rate.found_per_second, rate.found_at, database_at), 1),
                  interval '0');
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

-- The provider has said "too fast", to a worker that had made so many calls in its fullest second lately: everybody slows down, once a second at
-- the most, and rests for as long as it asked. Where there is no limit, one is found: of what all workers together have probably
-- done, or of what was found before if that is less.
CREATE FUNCTION slow_down(asked text, rest interval, calls float8) RETURNS void
  LANGUAGE sql
  BEGIN ATOMIC
    SELECT slow_down(asked, rest);
    UPDATE send_rate r
    SET found_at = now(),
        found_per_second = greatest(1, 0.7 * least(
          found_now(r.found_per_second, r.found_at, now()),
          calls * greatest(1, (SELECT count(*) FROM provider_report p
                               WHERE 'provider:' || p.provider = asked AND p.reported_at > now() - interval '3 seconds'))))
    WHERE r.scope = asked AND r.per_second IS NULL AND (r.found_at IS NULL OR r.found_at <= now() - interval '1 second')
      AND calls > 0;
  END;
