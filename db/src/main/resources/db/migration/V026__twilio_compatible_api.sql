-- Twilio's own SDKs as clients: every account has what they call an account sid and an auth token. The token is kept in clear, because
-- status callbacks are signed with it; gen_random_uuid draws 122 bits from the system's strong source.
CREATE TABLE twilio_credential (
  account_id     bigint      PRIMARY KEY REFERENCES account ON DELETE CASCADE,
  account_sid    text        NOT NULL DEFAULT 'AC' || replace(gen_random_uuid()::text, '-', ''),
  auth_token     text        NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', ''),
  -- Stays good until its time has passed, so that clients can change at leisure.
  previous_token text,
  previous_until timestamptz,
  created_at     timestamptz NOT NULL DEFAULT now(),

  CONSTRAINT account_sid_is_unique UNIQUE (account_sid),
  CONSTRAINT account_sid_is_a_sid CHECK (account_sid ~ '^AC[0-9a-f]{32}$'),
  CONSTRAINT auth_token_is_not_empty CHECK (length(auth_token) BETWEEN 16 AND 200),
  CONSTRAINT previous_token_has_an_end CHECK ((previous_token IS NULL) = (previous_until IS NULL))
);

INSERT INTO twilio_credential (account_id) SELECT id FROM account;

-- Accounts are made by several programs: here, none is without.
CREATE FUNCTION give_twilio_credential() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO twilio_credential (account_id) VALUES (NEW.id);
  RETURN NULL;
END $$;

CREATE TRIGGER account_has_twilio_credential AFTER INSERT ON account FOR EACH ROW EXECUTE FUNCTION give_twilio_credential();

-- Written once, with the message, and told again as it was asked for.
ALTER TABLE message ADD COLUMN messaging_service_sid text;

-- Written once or twice in a message's life, after it has settled, and never indexed: claim, result and receipt stay HOT.
--
-- When its text or some of its media were taken out: what is left must not be sent anew.
ALTER TABLE message ADD COLUMN redacted_at timestamptz;
-- Whether the person did what the message was for, as the account has heard of it.
ALTER TABLE message ADD COLUMN feedback text;
ALTER TABLE message ADD COLUMN feedback_at timestamptz;

-- Not checked on the rows that are there, which would read the whole table: they have none.
ALTER TABLE message ADD CONSTRAINT feedback_is_known CHECK (feedback IN ('confirmed', 'unconfirmed')) NOT VALID;

-- A message with all that repeat it: what followed it, what was sent anew of it, and what came of those.
CREATE FUNCTION message_and_its_repeats(first_id uuid) RETURNS SETOF uuid
  LANGUAGE sql STABLE ROWS 2
  BEGIN ATOMIC
    WITH RECURSIVE line AS (
      SELECT m.id FROM message m WHERE m.id = first_id
      UNION ALL
      SELECT r.id
      FROM line l
      CROSS JOIN LATERAL (
        SELECT m.id FROM message m WHERE m.fallback_of = l.id
        UNION ALL
        SELECT m.id FROM message m WHERE m.replay_of = l.id
      ) r
    )
    SELECT id FROM line;
  END;
