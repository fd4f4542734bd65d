-- A promise: exists exactly as long as its message is not settled, and is due at a time. Publishing, retrying,
-- scheduling, deferral and recovery are one mechanism: a row becomes due again.
--
-- Small and hot: rows live for milliseconds, so vacuum comes early, often and unthrottled.
CREATE TABLE outbox (
  message_id uuid        PRIMARY KEY,
  topic      text        NOT NULL,
  lane       text        NOT NULL,
  account_id bigint      NOT NULL,
  due_at     timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  -- How often the row was handed to the broker; the lease grows with it.
  publishes  smallint    NOT NULL DEFAULT 0,
  -- The message waits for its time: the relay moves it from scheduled to queued when it comes.
  scheduled  boolean     NOT NULL DEFAULT false,

  CONSTRAINT outbox_lane_is_known CHECK (lane IN ('critical', 'normal', 'bulk')),
  CONSTRAINT publishes_is_not_negative CHECK (publishes >= 0)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
        autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000, autovacuum_vacuum_cost_delay = 0,
        vacuum_truncate = false);

CREATE INDEX outbox_due ON outbox (lane, topic, due_at);
