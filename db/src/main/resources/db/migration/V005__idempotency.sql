-- One row for each idempotency key that an account used: of a request with one message, of a batch, or of one item of a
-- batch. message_id is null for the key of a batch, whose items have rows of their own.
CREATE TABLE idempotency (
  account_id   bigint      NOT NULL,
  key          text        NOT NULL,
  request_hash bytea       NOT NULL,
  message_id   uuid,
  created_at   timestamptz NOT NULL,

  PRIMARY KEY (account_id, key),
  CONSTRAINT request_hash_is_a_sha256 CHECK (octet_length(request_hash) = 32)
);

-- Rows are written in the order of time and removed by age: a block range index finds them and costs the insert nothing.
CREATE INDEX idempotency_by_age ON idempotency USING brin (created_at) WITH (pages_per_range = 32, autosummarize = on);
