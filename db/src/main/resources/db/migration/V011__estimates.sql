-- How much waits for each provider, as a relay has counted it: what estimates are made from.
CREATE TABLE backlog (
  topic      text        NOT NULL,
  lane       text        NOT NULL,
  promises   bigint      NOT NULL,
  counted_at timestamptz NOT NULL,

  PRIMARY KEY (topic, lane)
) WITH (fillfactor = 50);

-- What the account was told, so that a repeated request is told the same.
ALTER TABLE message ADD COLUMN estimated_send_at timestamptz;
