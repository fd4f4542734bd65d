-- Whether a sender of a provider account may be sent from, as the whole fleet has it; no row for one that was never found down.
-- Down, it is left alone until retry_at; then one worker, and no other, tries it with a few messages. Processes of the release before
-- do not look at it.
CREATE TABLE sender_state (
  provider      text        NOT NULL,
  sender        text        NOT NULL,
  state         text        NOT NULL,
  changed_at    timestamptz NOT NULL,
  -- How often in a row it was found down: the rest grows with it.
  times_down    int         NOT NULL,
  retry_at      timestamptz NOT NULL,
  prober        uuid,
  probing_until timestamptz,

  PRIMARY KEY (provider, sender),
  CONSTRAINT sender_state_is_known CHECK (state IN ('up', 'down', 'probing'))
);
