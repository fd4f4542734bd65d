-- What people write and something of ours has to answer, until it has.

-- Which of an account's numbers talk by themselves.
CREATE TABLE dialog_line (
  channel    text   NOT NULL,
  number     text   NOT NULL,
  account_id bigint NOT NULL,
  dialog     text   NOT NULL,

  PRIMARY KEY (channel, number, account_id),
  CONSTRAINT dialog_is_known CHECK (dialog IN ('booking', 'sos'))
);

-- A promise, as those of the outbox are: written by the statement that stores the message, gone in the transaction that answers it.
CREATE TABLE inbound_turn (
  -- The order in which messages of a line are answered: of one clock, whichever gateway took them.
  place      bigint      GENERATED ALWAYS AS IDENTITY,
  inbound_id uuid        NOT NULL,
  account_id bigint      NOT NULL,
  channel    text        NOT NULL,
  number     text        NOT NULL,
  person     text        NOT NULL,
  dialog     text        NOT NULL,
  -- Of the provider that brought it: by which the answer goes.
  topic      text        NOT NULL,
  due_at     timestamptz NOT NULL DEFAULT now(),
  -- Those that failed.
  tries      smallint    NOT NULL DEFAULT 0,

  PRIMARY KEY (place),
  CONSTRAINT dialog_is_known CHECK (dialog IN ('booking', 'sos'))
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

CREATE INDEX inbound_turn_by_due ON inbound_turn (due_at);
CREATE INDEX inbound_turn_by_line ON inbound_turn (person, number, channel, account_id, place);
