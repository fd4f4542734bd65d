-- One text for many: who is to get it, how far it has come, and what became of it.

CREATE TABLE campaign (
  id              uuid        NOT NULL,
  account_id      bigint      NOT NULL,
  status          text        NOT NULL DEFAULT 'draft',
  -- Whether a gateway still has something to do for it.
  at_work         boolean     NOT NULL DEFAULT false,
  name            text        NOT NULL,
  type            text        NOT NULL,
  channel         text        NOT NULL,
  -- What the text needs and the audience does not bring.
  data            jsonb       NOT NULL DEFAULT '{}',
  -- For recipients of whom none is known, or none in which there is a text.
  locale          text,
  send_at         timestamptz,
  -- Null: as fast as it goes.
  rate_per_second float8,
  -- Where those of the audience who are no users of the account have agreed; null: they have not.
  consent_source  text,
  -- Of users; null where the audience is uploaded.
  filter          jsonb,
  -- Whose missed ones it is for, and which of them.
  follows         uuid,
  missed          jsonb,
  -- What is in force; null before.
  audience_id     uuid,
  -- How many persons that is, as far as they are counted, and the row that comes last.
  audience        int         NOT NULL DEFAULT 0,
  last_row        int         NOT NULL DEFAULT 0,
  -- How far a gateway has come in looking for them; null when they are all found, or were uploaded.
  counting        jsonb,
  -- Up to which row chunks were given out, and when the next may be sent.
  given_out       int         NOT NULL DEFAULT 0,
  next_slot_at    timestamptz NOT NULL DEFAULT now(),
  created_at      timestamptz NOT NULL DEFAULT now(),
  updated_at      timestamptz NOT NULL DEFAULT now(),
  launched_at     timestamptz,
  ended_at        timestamptz,

  PRIMARY KEY (id),
  CONSTRAINT campaign_status_is_known CHECK (status IN ('draft', 'scheduled', 'running', 'paused', 'completed', 'canceled')),
  CONSTRAINT campaign_rate_is_positive CHECK (rate_per_second > 0),
  CONSTRAINT campaign_ended_has_a_time CHECK ((status IN ('completed', 'canceled')) = (ended_at IS NOT NULL))
) WITH (fillfactor = 40, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

CREATE INDEX campaign_by_account ON campaign (account_id, id);
CREATE INDEX campaign_at_work ON campaign (id) WHERE at_work;

-- What was uploaded, or found by a filter. In force is the one that its campaign names; an upload that breaks is named by nobody.
CREATE TABLE campaign_audience (
  id          uuid        NOT NULL,
  account_id  bigint      NOT NULL,
  campaign_id uuid        NOT NULL,
  state       text        NOT NULL,
  -- Lines of the file without its head, and what they came to.
  rows        int         NOT NULL DEFAULT 0,
  persons     int         NOT NULL DEFAULT 0,
  duplicates  int         NOT NULL DEFAULT 0,
  broken      int         NOT NULL DEFAULT 0,
  created_at  timestamptz NOT NULL DEFAULT now(),
  -- An upload that is not heard of any more is over.
  touched_at  timestamptz NOT NULL DEFAULT now(),

  PRIMARY KEY (id),
  -- unconfirmed: it has broken rows, and nobody has said yet that the rest is enough. dropped: its rows go.
  CONSTRAINT audience_state_is_known CHECK (state IN ('uploading', 'unconfirmed', 'ready', 'dropped'))
);

CREATE INDEX campaign_audience_by_campaign ON campaign_audience (campaign_id);

-- Written once, and read once in its order: what became of each stands elsewhere.
CREATE TABLE campaign_recipient (
  audience_id uuid   NOT NULL,
  n           int    NOT NULL,
  account_id  bigint NOT NULL,
  -- The user, or the number or address of somebody who is none: whoever is there twice is one person.
  person      text   NOT NULL,
  user_id     text,
  address     text,
  locale      text,
  data        jsonb,

  PRIMARY KEY (audience_id, n)
);

-- By account and person first, for whoever has to find a person in all of them.
CREATE UNIQUE INDEX campaign_recipient_once ON campaign_recipient (account_id, person, audience_id);
-- Nor is a number or address written to twice, whoever is named beside it.
CREATE UNIQUE INDEX campaign_recipient_address_once ON campaign_recipient (account_id, address, audience_id) WHERE address IS NOT NULL;

CREATE TABLE campaign_broken_row (
  audience_id uuid NOT NULL,
  -- The first line of the file is 1.
  line        int  NOT NULL,
  field       text NOT NULL,
  code        text NOT NULL,
  detail      text NOT NULL,

  PRIMARY KEY (audience_id, line)
);

-- A part of an audience that a gateway has taken to write its messages. It is gone when they are written, in the same transaction, so that
-- nobody is written to twice; one whose gateway died is another's when the lease is over.
CREATE TABLE campaign_chunk (
  campaign_id  uuid        NOT NULL,
  -- Rows after the first, up to the last.
  after_row    int         NOT NULL,
  last_row     int         NOT NULL,
  -- When the first of them may leave, and how far apart the others are.
  slot_at      timestamptz NOT NULL,
  gap_seconds  float8      NOT NULL,
  leased_until timestamptz NOT NULL,

  PRIMARY KEY (campaign_id, after_row)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- Who got no message, and why.
CREATE TABLE campaign_skip (
  audience_id uuid NOT NULL,
  n           int  NOT NULL,
  reason      text NOT NULL,

  PRIMARY KEY (audience_id, n)
);

-- How many persons were passed over by reason, and how many messages there are by status: the sum of all rows, each written in the
-- transaction that changed it. Rows are added and never changed, so nobody waits for another; now and then many are made one.
CREATE TABLE campaign_count (
  campaign_id uuid   NOT NULL,
  kind        text   NOT NULL,
  word        text   NOT NULL,
  n           bigint NOT NULL,

  CONSTRAINT campaign_count_kind_is_known CHECK (kind IN ('skipped', 'message'))
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

CREATE INDEX campaign_count_by_campaign ON campaign_count (campaign_id);

-- Written once, with the message.
ALTER TABLE message ADD COLUMN campaign_id uuid;

-- Messages move in many statements: here, none can forget to count. Others pay for the question alone.
CREATE FUNCTION count_campaign_messages() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM now_so WHERE campaign_id IS NOT NULL) THEN
    RETURN NULL;
  END IF;
  INSERT INTO campaign_count (campaign_id, kind, word, n)
  SELECT campaign_id, 'message', status, sum(n)
  FROM (
    SELECT campaign_id, status, -1 AS n FROM was
    UNION ALL
    SELECT campaign_id, status, 1 FROM now_so
  ) moved
  WHERE campaign_id IS NOT NULL
  GROUP BY campaign_id, status
  HAVING sum(n) <> 0;
  RETURN NULL;
END $$;

CREATE TRIGGER message_moved_is_counted AFTER UPDATE ON message
  REFERENCING OLD TABLE AS was NEW TABLE AS now_so FOR EACH STATEMENT EXECUTE FUNCTION count_campaign_messages();
