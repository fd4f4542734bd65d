-- A new partition needs the table for itself for a moment. Waiting for that behind somebody who reads for long (a dump) would
-- have every insert wait behind us: better to give up soon and try again. And a day whose rows lie in the default partition
-- already, because nobody made its own in time, must not keep the other days from theirs.
CREATE OR REPLACE FUNCTION make_partitions(days_ahead int) RETURNS int
  LANGUAGE plpgsql
  SET lock_timeout = '500ms' AS $$
DECLARE
  day    date;
  first  uuid;
  beyond uuid;
  made   int := 0;
BEGIN
  -- Two processes may ask at once: one makes, the other waits and finds them made.
  PERFORM pg_advisory_xact_lock(hashtext('heliograph.make_partitions'));
  FOR day IN SELECT generate_series((now() AT TIME ZONE 'UTC')::date - 1,
                                    (now() AT TIME ZONE 'UTC')::date + days_ahead, interval '1 day')::date LOOP
    CONTINUE WHEN to_regclass('message_' || to_char(day, 'YYYYMMDD')) IS NOT NULL;
    first := uuid_v7_floor(day::timestamp AT TIME ZONE 'UTC');
    beyond := uuid_v7_floor((day + 1)::timestamp AT TIME ZONE 'UTC');
    BEGIN
      EXECUTE format('CREATE TABLE message_%s PARTITION OF message FOR VALUES FROM (%L) TO (%L) WITH (fillfactor = 75,'
                     || ' autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.2)',
                     to_char(day, 'YYYYMMDD'), first, beyond);
      EXECUTE format('CREATE TABLE attempt_%s PARTITION OF attempt FOR VALUES FROM (%L) TO (%L)',
                     to_char(day, 'YYYYMMDD'), first, beyond);
      made := made + 1;
    EXCEPTION WHEN check_violation THEN
      RAISE WARNING 'Messages of % lie in the default partition, where they stay', day;
    END;
  END LOOP;
  RETURN made;
END $$;

-- Three days ahead are enough for a weekend without a relay. A statement opens every partition, so they have their price.
DO $$
DECLARE
  day date;
BEGIN
  FOR day IN SELECT generate_series((now() AT TIME ZONE 'UTC')::date + 4,
                                    (now() AT TIME ZONE 'UTC')::date + 7, interval '1 day')::date LOOP
    EXECUTE format('DROP TABLE IF EXISTS message_%1$s, attempt_%1$s', to_char(day, 'YYYYMMDD'));
  END LOOP;
END $$;
