-- The inbox of a user, which the account's own application shows: what is stored in it has been delivered.

-- The number of this transaction, as the order of events counts it; for what is not the default of a column.
CREATE FUNCTION event_xid() RETURNS xid8
  LANGUAGE sql VOLATILE
  RETURN pg_current_xact_id();

CREATE SEQUENCE inbox_sequence;

-- Shown by their user, newest first; the index that finds them has nothing in it that changes. A reader that knows all up to a position reads
-- the items whose position is behind it, as they are now: so no log of what happened to them is needed, and no position is ever too old.
CREATE TABLE inbox_item (
  account_id      bigint      NOT NULL,
  user_id         text        NOT NULL,
  id              uuid        NOT NULL,
  notification_id uuid        NOT NULL,
  type            text        NOT NULL,
  category        text        NOT NULL,
  -- Of the template; null where it has none.
  variant         text,
  title           text        NOT NULL,
  body            text        NOT NULL,
  -- What it leads to: a URL of the event.
  link            text,
  -- What the event brought.
  data            jsonb,
  created_at      timestamptz NOT NULL,
  seen_at         timestamptz,
  read_at         timestamptz,
  archived_at     timestamptz,
  -- Out of sight, without its texts; the row stays until its end, so that readers learn of it.
  deleted_at      timestamptz,
  expires_at      timestamptz NOT NULL,
  -- Of the last change. Raised by whoever changes anything above.
  xid             xid8        NOT NULL DEFAULT event_xid(),
  sequence        bigint      NOT NULL DEFAULT nextval('inbox_sequence'),

  PRIMARY KEY (account_id, user_id, id),
  CONSTRAINT read_is_seen CHECK (read_at IS NULL OR seen_at IS NOT NULL)
) WITH (fillfactor = 85);

-- For the one reader of what is new. A change writes it anew: each item is read once and put away once.
CREATE INDEX inbox_item_in_order ON inbox_item (xid, sequence);
CREATE INDEX inbox_item_by_end ON inbox_item (expires_at);

-- What a person's browser or app shows to read that person's inbox. The token stands nowhere else.
CREATE TABLE inbox_token (
  token_hash bytea       PRIMARY KEY,
  account_id bigint      NOT NULL,
  user_id    text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,

  CONSTRAINT token_hash_is_a_sha256 CHECK (octet_length(token_hash) = 32)
);

CREATE INDEX inbox_token_by_user ON inbox_token (account_id, user_id, created_at);
CREATE INDEX inbox_token_by_end ON inbox_token (expires_at);

-- How long items are kept; null for as long as usual.
ALTER TABLE account_setting
  ADD COLUMN inbox_days int,
  ADD CONSTRAINT inbox_keeps_its_items_for_a_day CHECK (inbox_days >= 1);

-- As before, and for inboxes too, which are counted by the same numbers.
CREATE OR REPLACE FUNCTION begin_event_era() RETURNS bigint
  LANGUAGE plpgsql
  SET lock_timeout = '500ms' AS $$
DECLARE
  by_time constant bigint := (extract(epoch FROM clock_timestamp()) * 1000)::bigint << 18;
  step    constant bigint := 1::bigint << 44;
  moved   bigint;
BEGIN
  LOCK TABLE event, inbox_item IN ACCESS EXCLUSIVE MODE;
  UPDATE event_era SET moved_by = greatest(moved_by + step, by_time), cluster = (SELECT system_identifier FROM pg_control_system()),
                       history = history_of_database(), xid = pg_current_xact_id()
  RETURNING moved_by INTO moved;
  EXECUTE format('ALTER TABLE event ALTER xid SET DEFAULT ((pg_current_xact_id()::text::bigint + %s)::text)::xid8', moved);
  EXECUTE format('CREATE OR REPLACE FUNCTION event_horizon() RETURNS xid8 LANGUAGE sql STABLE PARALLEL SAFE
                  RETURN ((pg_snapshot_xmin(pg_current_snapshot())::text::bigint + %s)::text)::xid8', moved);
  EXECUTE format('CREATE OR REPLACE FUNCTION event_xid() RETURNS xid8 LANGUAGE sql VOLATILE
                  RETURN ((pg_current_xact_id()::text::bigint + %s)::text)::xid8', moved);
  UPDATE event_forgotten SET xid = moved::text::xid8, sequence = 0;
  RETURN moved;
END $$;

-- Where an era has begun already.
DO $$
DECLARE
  moved bigint := (SELECT moved_by FROM event_era);
BEGIN
  IF moved > 0 THEN
    EXECUTE format('CREATE OR REPLACE FUNCTION event_xid() RETURNS xid8 LANGUAGE sql VOLATILE
                    RETURN ((pg_current_xact_id()::text::bigint + %s)::text)::xid8', moved);
  END IF;
END $$;
