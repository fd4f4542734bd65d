-- One-time codes: who has to type which code, until when, and how often that was tried. The code itself is nowhere here: only its keyed
-- hash, and, until the message has gone out, message.secret.

-- What stands in the text, and in the rest that a person sees, as asterisks. Only the claim that sends the message puts the two together, so
-- whoever else reads the text reads no code, and none of them is sent anew: to that end they count as redacted from the beginning. Gone
-- as soon as nothing may have to be sent any more.
ALTER TABLE message ADD COLUMN secret text;

CREATE FUNCTION with_secret(masked text, secret text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN replace(masked, repeat('*', length(secret)), secret);

-- What may be followed keeps it until the code is worthless: what follows needs it too.
CREATE FUNCTION forget_secret() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status IN ('delivered', 'read', 'refused', 'canceled')
      OR message_is_settled(NEW.status) AND NEW.fallback IS NULL AND NEW.on_undelivered IS NULL THEN
    NEW.secret := NULL;
  END IF;
  RETURN NEW;
END $$;

-- Messages end in many statements: here, it cannot be forgotten. The condition is all that other messages pay.
CREATE TRIGGER secret_is_forgotten BEFORE UPDATE OF status ON message FOR EACH ROW
  WHEN (OLD.secret IS NOT NULL)
  EXECUTE FUNCTION forget_secret();

-- A code that is sent another way is the same code, and is good no longer.
CREATE OR REPLACE FUNCTION append_follower(
    ended message, what jsonb, valid interval, fallback_left jsonb, avoided text[]) RETURNS void
  LANGUAGE sql
  BEGIN ATOMIC
    WITH stored AS (
      INSERT INTO message (id, account_id, status, channel, lane, on_unknown, possible_duplicate, segments, encoding, created_at,
                           expires_at, recipient, sender, body, media_urls, content, reference, metadata, retry, fallback,
                           on_undelivered, fallback_of, avoided_providers, status_callback, messaging_service_sid, batch_id, secret,
                           redacted_at)
      SELECT uuid_v7_now(), ended.account_id, 'queued', what ->> 'channel', ended.lane, ended.on_unknown,
             ended.possible_duplicate OR coalesce(ended.reason = 'outcome_unknown', false), (what ->> 'segments')::smallint, what ->> 'encoding',
             now(), CASE WHEN ended.secret IS NULL THEN now() + valid ELSE least(now() + valid, ended.expires_at) END,
             what ->> 'to', what ->> 'from', what ->> 'text', nullif(what -> 'media_urls', 'null'),
             nullif(what -> 'content', 'null'), ended.reference, ended.metadata, ended.retry, nullif(fallback_left, '[]'),
             ended.on_undelivered, ended.id, avoided, ended.status_callback, ended.messaging_service_sid, ended.batch_id, ended.secret,
             CASE WHEN ended.secret IS NOT NULL THEN now() END
      RETURNING id, channel, lane, account_id
    )
    INSERT INTO outbox (message_id, topic, lane, account_id, due_at, created_at)
    SELECT id, channel, lane, account_id, now(), now() FROM stored;
  END;

-- A person who has to prove, by the code that was sent to them, that a number or an address is theirs.
CREATE TABLE verification (
  id            uuid        NOT NULL,
  account_id    bigint      NOT NULL,
  status        text        NOT NULL,
  -- How often a code was tried, and how often one was sent.
  checks        smallint    NOT NULL DEFAULT 0,
  sends         smallint    NOT NULL DEFAULT 1,
  code_length   smallint    NOT NULL,
  recipient     text        NOT NULL,
  -- Of the last message.
  channel       text        NOT NULL,
  -- A word of the account's own: login, transaction, ...
  purpose       text        NOT NULL,
  -- The calling code that the number begins with; null for an address.
  country       text,
  -- HMAC-SHA-256 of id and code. Messages overtake each other, so the code before the last is good too.
  code_hash     bytea       NOT NULL,
  previous_hash bytea,
  created_at    timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  -- From when on another code may be sent.
  resend_at     timestamptz NOT NULL,
  ended_at      timestamptz,
  message_ids   uuid[]      NOT NULL,
  -- What another message is written by: locale, app_name, ...
  wording       jsonb       NOT NULL,
  -- When secrets that are left in its messages are taken out; null when there are none.
  clear_at      timestamptz,

  PRIMARY KEY (id),
  CONSTRAINT verification_status_is_known CHECK (status IN ('pending', 'approved', 'too_many_checks', 'canceled')),
  CONSTRAINT verification_ended_has_a_time CHECK ((status = 'pending') = (ended_at IS NULL))
) WITH (fillfactor = 80);

-- No index on what a check changes.
CREATE INDEX verification_by_recipient ON verification (account_id, recipient, id);
CREATE INDEX verification_by_country ON verification (account_id, country, id) WHERE country IS NOT NULL;
CREATE INDEX verification_to_clear ON verification (clear_at) WHERE clear_at IS NOT NULL;

-- How many codes were sent to a number, to the numbers around it, for a client and by an account. A window begins with its first code.
-- Unlogged: after a crash of the database one begins anew, which costs less than writing each count twice.
CREATE UNLOGGED TABLE verification_count (
  account_id  bigint      NOT NULL,
  kind        text        NOT NULL,
  -- The number or address, its first digits, the client's address, or nothing.
  key         text        NOT NULL,
  used        int         NOT NULL,
  ends_at     timestamptz NOT NULL,
  -- Of a number, by the day as well.
  day_used    int         NOT NULL,
  day_ends_at timestamptz NOT NULL,

  PRIMARY KEY (account_id, kind, key),
  CONSTRAINT count_kind_is_known CHECK (kind IN ('number', 'prefix', 'client_ip', 'account'))
) WITH (fillfactor = 50);

-- Countries of an account in which hardly anybody types the codes that are sent.
CREATE TABLE verification_alarm (
  account_id bigint      NOT NULL,
  country    text        NOT NULL,
  told_at    timestamptz NOT NULL,
  approved   int         NOT NULL,
  judged     int         NOT NULL,

  PRIMARY KEY (account_id, country)
);

-- What codes are hashed with where the environment names no key. The newest whose time has come is used, and the one before stays good:
-- a row more changes the key. Its time comes a minute later, when every gateway knows it.
CREATE TABLE verification_key (
  id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key       bytea       NOT NULL,
  used_from timestamptz NOT NULL DEFAULT now() + interval '1 minute',

  CONSTRAINT verification_key_is_long_enough CHECK (length(key) >= 32)
);

-- gen_random_uuid draws 122 bits from the system's strong source.
INSERT INTO verification_key (key, used_from)
SELECT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), now();
