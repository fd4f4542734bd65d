-- A message is written three times within a second: accepted, claimed, recorded. Each time hundreds are, whose former versions stay
-- where they are until no statement can see them any more. A quarter of a page held none of that: six updates of ten went to
-- another page and wrote into every index (docs/decisions/0029). Now a page has room for three versions of each message.
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
      EXECUTE format('CREATE TABLE message_%s PARTITION OF message FOR VALUES FROM (%L) TO (%L) WITH (fillfactor = 30,'
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

-- Of the days that are there, what is written from now on; it waits for nobody.
DO $$
DECLARE
  part regclass;
BEGIN
  FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'message'::regclass LOOP
    EXECUTE format('ALTER TABLE %s SET (fillfactor = 30)', part);
  END LOOP;
END $$;
