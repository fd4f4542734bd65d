-- The inbox: every authenticated callback, stored before it is answered. One whose message is not known yet is parked:
-- it waits with applied_at null until the message appears, or is dropped after a day.
CREATE TABLE callback (
  id                  uuid        NOT NULL,
  received_at         timestamptz NOT NULL,
  provider            text        NOT NULL,
  -- The message and attempt that the callback's own URL names; null when it came to an URL without them.
  message_id          uuid,
  attempt             smallint,
  provider_message_id text,
  -- The provider's word and ours for it; ours is null when the word is new to us.
  provider_status     text        NOT NULL,
  status              text,
  code                text,
  -- Duplicates share it; the first is applied.
  dedupe_key          text        NOT NULL,
  fields              jsonb       NOT NULL,
  applied_at          timestamptz,

  PRIMARY KEY (id),
  CONSTRAINT callback_is_stored_once UNIQUE (dedupe_key)
);

CREATE INDEX callback_by_message ON callback (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX callback_parked ON callback (received_at) WHERE applied_at IS NULL;
CREATE INDEX callback_by_age ON callback USING brin (received_at) WITH (pages_per_range = 32, autosummarize = on);
