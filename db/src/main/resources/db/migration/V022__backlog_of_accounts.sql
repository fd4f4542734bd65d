-- How much is due of what customer accounts with a limit have given us, as a relay has counted it: what they are told of the moment at
-- which a message leaves is made from it.
CREATE TABLE account_backlog (
  account_id bigint      NOT NULL,
  lane       text        NOT NULL,
  due        bigint      NOT NULL,
  counted_at timestamptz NOT NULL,

  PRIMARY KEY (account_id, lane)
) WITH (fillfactor = 50);
