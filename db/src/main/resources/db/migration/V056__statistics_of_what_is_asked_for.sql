-- Statistics that no plan reads. A day's partition grows from nothing, and was analysed again with every tenth that it grew: a fifth of
-- what the database worked while events came in, most of it for sorting a sample of every column, documents and texts among them.
-- Now such tables are analysed when they have grown by half, and of columns that no statement compares nothing is gathered.
CREATE PROCEDURE gather_few_statistics(of regclass)
  LANGUAGE plpgsql AS $$
DECLARE
  col name;
BEGIN
  -- Anything that a table has of these. What a unique index finds is known to be unique without them.
  FOR col IN SELECT attname FROM pg_attribute WHERE attrelid = of AND attnum > 0 AND NOT attisdropped AND attname = ANY (ARRAY[
      'body', 'media_urls', 'metadata', 'content', 'retry', 'fallback', 'on_undelivered', 'status_callback',
      'messaging_service_sid', 'segments', 'encoding', 'on_unknown', 'claim', 'outcomes', 'request_hash', 'fields', 'data',
      'title', 'link']) LOOP
    EXECUTE format('ALTER TABLE ONLY %s ALTER COLUMN %I SET STATISTICS 0', of, col);
  END LOOP;
END $$;

-- The days to come; nothing else of it has changed.
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
                     || ' autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.2,'
                     || ' autovacuum_analyze_scale_factor = 0.5)',
                     to_char(day, 'YYYYMMDD'), first, beyond);
      CALL gather_few_statistics(('message_' || to_char(day, 'YYYYMMDD'))::regclass);
      EXECUTE format('CREATE TABLE attempt_%s PARTITION OF attempt FOR VALUES FROM (%L) TO (%L)'
                     || ' WITH (autovacuum_analyze_scale_factor = 0.5)',
                     to_char(day, 'YYYYMMDD'), first, beyond);
      made := made + 1;
    EXCEPTION WHEN check_violation THEN
      RAISE WARNING 'Messages of % lie in the default partition, where they stay', day;
    END;
  END LOOP;
  RETURN made;
END $$;

-- Those that are there, of the last days and those to come: what is older is not analysed any more. None of this waits for whoever reads or writes.
DO $$
DECLARE
  part regclass;
  col  name;
BEGIN
  FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent IN ('message'::regclass, 'attempt'::regclass)
              ORDER BY right(inhrelid::regclass::text, 8) DESC LIMIT 40 LOOP
    CALL gather_few_statistics(part);
    EXECUTE format('ALTER TABLE %s SET (autovacuum_analyze_scale_factor = 0.5)', part);
  END LOOP;
  FOREACH part IN ARRAY ARRAY['notification', 'idempotency', 'callback', 'inbox_item']::regclass[] LOOP
    CALL gather_few_statistics(part);
    EXECUTE format('ALTER TABLE %s SET (autovacuum_analyze_scale_factor = 0.5)', part);
  END LOOP;
  -- Found along their keys and users alone, whatever is known of them: a sample of a tenth says enough.
  FOREACH part IN ARRAY ARRAY['notification', 'idempotency', 'inbox_item']::regclass[] LOOP
    FOR col IN SELECT attname FROM pg_attribute
               WHERE attrelid = part AND attnum > 0 AND NOT attisdropped AND attstattarget IS DISTINCT FROM 0 LOOP
      EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS 10', part, col);
    END LOOP;
  END LOOP;
END $$;

-- What passes through it within milliseconds says nothing about what will be there.
ALTER TABLE outbox SET (autovacuum_analyze_threshold = 500000);
ALTER TABLE webhook_delivery SET (autovacuum_analyze_threshold = 500000);
