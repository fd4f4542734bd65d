-- Messages that were sent, and of which no receipt has come in the time in which receipts come: their provider is asked. They are found
-- by a walk over the messages in the order of their ids, so that sending and receipts write nothing here, and need no index on a column
-- that changes.
CREATE TABLE receipt_due (
  message_id uuid        PRIMARY KEY,
  -- The account that sent it. Null while the message is not settled: then it is only looked at again.
  provider   text,
  due_at     timestamptz NOT NULL,
  look_ups   smallint    NOT NULL DEFAULT 0
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

CREATE INDEX receipt_due_in_order ON receipt_due (provider, due_at);

-- How far the walk has come; one row, and whoever holds it walks. It begins with what may still be asked for.
CREATE TABLE receipt_walk (
  only_one boolean PRIMARY KEY DEFAULT true,
  position uuid    NOT NULL,

  CONSTRAINT there_is_one_walk CHECK (only_one)
);

INSERT INTO receipt_walk (position) VALUES (uuid_v7_floor(now() - interval '4 days'));
