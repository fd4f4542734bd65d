-- Who has agreed to what, who may see and change their own switches, and who is to be forgotten.

-- Every grant and withdrawal of a user, append only. The records of one user are a chain: each holds the hash of the one before, so
-- that one that was changed, taken out or put between the others shows.
CREATE TABLE consent (
  account_id    bigint      NOT NULL,
  user_id       text        NOT NULL,
  -- From 1, without a gap.
  n             int         NOT NULL,
  id            uuid        NOT NULL DEFAULT uuid_v7_now(),
  recorded_at   timestamptz NOT NULL DEFAULT now(),
  -- When the person said so.
  occurred_at   timestamptz NOT NULL,
  channel       text        NOT NULL,
  purpose       text        NOT NULL,
  change        text        NOT NULL,
  -- account: by the API; keyword: the person's own word; provider: it refused a message for that reason.
  recorded_by   text        NOT NULL,
  source        text        NOT NULL,
  ip            text,
  user_agent    text,
  -- Of what the person has read before.
  text_version  text,
  previous_hash bytea       NOT NULL,
  hash          bytea       NOT NULL,

  PRIMARY KEY (account_id, user_id, n),
  CONSTRAINT consent_change_is_known CHECK (change IN ('grant', 'withdraw')),
  CONSTRAINT consent_purpose_is_known CHECK (purpose IN ('transactional', 'promotional', 'clinical')),
  CONSTRAINT consent_is_recorded_by_someone CHECK (recorded_by IN ('account', 'keyword', 'provider'))
);

-- What is in force, for whoever decides and whoever claims: the record with the latest occurred_at. Kept by the trigger below.
CREATE TABLE consent_state (
  account_id  bigint      NOT NULL,
  user_id     text        NOT NULL,
  channel     text        NOT NULL,
  purpose     text        NOT NULL,
  granted     boolean     NOT NULL,
  occurred_at timestamptz NOT NULL,
  recorded_by text        NOT NULL,
  n           int         NOT NULL,

  PRIMARY KEY (account_id, user_id, channel, purpose)
);

-- The claim asks first whether there is anything to ask for.
CREATE INDEX consent_withdrawn ON consent_state (account_id, user_id) WHERE NOT granted;

-- What a message is for, where a user is told something: a withdrawal stops what waits. Written once, with the message.
ALTER TABLE message ADD COLUMN purpose text;

-- What is hashed, as a text that anybody can take apart: an array of JSON, times in UTC.
CREATE FUNCTION consent_text(c consent) RETURNS text
  LANGUAGE sql STABLE
  RETURN jsonb_build_array(
    c.n, c.id, to_char(c.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    to_char(c.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), c.channel, c.purpose, c.change, c.recorded_by,
    c.source, c.ip, c.user_agent, c.text_version)::text;

CREATE FUNCTION chain_consent() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  before consent;
BEGIN
  -- Two records of one user come one after the other. The query below sees what whoever held this has committed.
  PERFORM pg_advisory_xact_lock(hashtext('heliograph.consent'), hashtext(NEW.account_id || ' ' || NEW.user_id));
  SELECT * INTO before FROM consent c WHERE c.account_id = NEW.account_id AND c.user_id = NEW.user_id ORDER BY n DESC LIMIT 1;
  NEW.n := coalesce(before.n, 0) + 1;
  NEW.previous_hash := coalesce(before.hash, decode(repeat('00', 32), 'hex'));
  NEW.hash := sha256(NEW.previous_hash || convert_to(consent_text(NEW), 'UTF8'));
  RETURN NEW;
END $$;

CREATE TRIGGER consent_is_chained BEFORE INSERT ON consent FOR EACH ROW EXECUTE FUNCTION chain_consent();

CREATE FUNCTION apply_consent() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO consent_state AS s (account_id, user_id, channel, purpose, granted, occurred_at, recorded_by, n)
  VALUES (NEW.account_id, NEW.user_id, NEW.channel, NEW.purpose, NEW.change = 'grant', NEW.occurred_at, NEW.recorded_by, NEW.n)
  ON CONFLICT (account_id, user_id, channel, purpose) DO UPDATE
  SET granted = excluded.granted, occurred_at = excluded.occurred_at, recorded_by = excluded.recorded_by, n = excluded.n
  -- What was said before, and is only told now, takes back nothing that came after it.
  WHERE excluded.occurred_at >= s.occurred_at;
  RETURN NULL;
END $$;

CREATE TRIGGER consent_takes_effect AFTER INSERT ON consent FOR EACH ROW EXECUTE FUNCTION apply_consent();

-- A person who is erased, and what is left to prove it: when, by which key, how many rows of which table, and keyed hashes. In clear it
-- names the person only until it is finished: what is being sent is erased when it has settled.
CREATE TABLE erasure (
  id             uuid        NOT NULL,
  account_id     bigint      NOT NULL,
  requested_at   timestamptz NOT NULL DEFAULT now(),
  -- What comes later is none of its business: the account may have made the user anew.
  bound          uuid        NOT NULL DEFAULT uuid_v7_floor(now() + interval '10 seconds'),
  -- The hash of the API key.
  requested_by   bytea       NOT NULL,
  user_id        text,
  addresses      text[],
  user_hash      text        NOT NULL,
  address_hashes text[]      NOT NULL,
  counts         jsonb       NOT NULL DEFAULT '{}',
  looked_at      timestamptz NOT NULL DEFAULT now(),
  finished_at    timestamptz,

  PRIMARY KEY (id),
  CONSTRAINT finished_erasure_names_nobody CHECK (finished_at IS NULL OR user_id IS NULL AND addresses IS NULL)
);

CREATE INDEX erasure_by_account ON erasure (account_id, id);
CREATE INDEX erasure_unfinished ON erasure (looked_at) WHERE finished_at IS NULL;

-- Whom no message of the account may reach any more. The hash is an HMAC of account and address, and its key is none of the database's:
-- whoever has the table alone cannot try numbers out.
CREATE TABLE erased_person (
  hash       text        PRIMARY KEY,
  account_id bigint      NOT NULL,
  erasure_id uuid        NOT NULL,
  erased_at  timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION keep_consent() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (
      SELECT FROM erasure e WHERE e.account_id = OLD.account_id AND e.user_id = OLD.user_id AND e.finished_at IS NULL) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'Records of consent are never changed, and leave only with their person' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER consent_stays BEFORE UPDATE OR DELETE ON consent FOR EACH ROW EXECUTE FUNCTION keep_consent();

CREATE FUNCTION keep_consents() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Records of consent are never changed, and leave only with their person' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER consents_stay BEFORE TRUNCATE ON consent FOR EACH STATEMENT EXECUTE FUNCTION keep_consents();

-- STOP is a withdrawal of all that was granted, and of what needs no grant where nothing was. START takes back what STOP did, and grants
-- nothing that had not been.
CREATE FUNCTION consents_follow_suppressions() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO consent (account_id, user_id, occurred_at, channel, purpose, change, recorded_by, source)
  SELECT u.account_id, u.id, now(), c.channel, p.purpose, CASE WHEN c.lifted_at IS NULL THEN 'withdraw' ELSE 'grant' END, c.changed_by,
         coalesce(c.word, 'opted out with the provider')
  FROM (SELECT DISTINCT ON (account_id, channel, person) * FROM changed WHERE changed_by IN ('keyword', 'provider')) c
  CROSS JOIN LATERAL (
    SELECT account_id, id FROM app_user WHERE account_id = c.account_id AND phone = c.person AND c.channel <> 'email'
    UNION ALL
    SELECT account_id, id FROM app_user WHERE account_id = c.account_id AND email = c.person AND c.channel = 'email'
  ) u
  CROSS JOIN LATERAL (
    SELECT s.purpose FROM consent_state s
    WHERE s.account_id = u.account_id AND s.user_id = u.id AND s.channel = c.channel
      AND CASE WHEN c.lifted_at IS NULL THEN s.granted ELSE NOT s.granted AND s.recorded_by IN ('keyword', 'provider') END
    UNION
    SELECT 'transactional' WHERE c.lifted_at IS NULL AND NOT EXISTS (
      SELECT FROM consent_state s WHERE s.account_id = u.account_id AND s.user_id = u.id AND s.channel = c.channel)
  ) p
  ORDER BY u.account_id, u.id, c.channel, p.purpose;
  RETURN NULL;
END $$;

CREATE TRIGGER new_suppression_withdraws AFTER INSERT ON suppression
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION consents_follow_suppressions();

CREATE TRIGGER changed_suppression_withdraws_or_grants AFTER UPDATE ON suppression
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION consents_follow_suppressions();

-- A way for a person to their own switches. The token stands in the link and nowhere else.
CREATE TABLE preference_link (
  token_hash bytea       PRIMARY KEY,
  account_id bigint      NOT NULL,
  user_id    text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,

  CONSTRAINT token_hash_is_a_sha256 CHECK (octet_length(token_hash) = 32)
);

CREATE INDEX preference_link_by_user ON preference_link (account_id, user_id, expires_at);
