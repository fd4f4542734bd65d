-- What people write to us, and who of them wants no messages.

-- Every authenticated inbound message, stored before it is answered.
CREATE TABLE inbound_message (
  id                  uuid        NOT NULL,
  received_at         timestamptz NOT NULL,
  -- Null where nobody can say whose it is: a guess would tell one customer what was written to another.
  account_id          bigint,
  provider            text        NOT NULL,
  channel             text        NOT NULL,
  -- The person, and our number.
  sender              text        NOT NULL,
  recipient           text        NOT NULL,
  body                text        NOT NULL,
  -- An array of objects: url, content_type.
  media               jsonb,
  provider_message_id text,
  -- Repetitions share it; the first is stored.
  dedupe_key          text        NOT NULL,
  -- What it means when it is a keyword and nothing else.
  word                text,
  -- The last message that the account had sent in this conversation.
  in_reply_to         uuid,
  -- All of it, as it came.
  fields              jsonb       NOT NULL,
  -- Erased is out of sight, without the person and what they wrote; the row stays, so that a repetition is known as one.
  erased_at           timestamptz,

  PRIMARY KEY (id),
  CONSTRAINT inbound_is_stored_once UNIQUE (dedupe_key),
  CONSTRAINT word_is_known CHECK (word IN ('stop', 'start', 'help'))
);

CREATE INDEX inbound_message_by_account ON inbound_message (account_id, id);
CREATE INDEX inbound_message_by_account_and_person ON inbound_message (account_id, sender, id);
CREATE INDEX inbound_keyword_by_conversation ON inbound_message (recipient, sender, id) WHERE word IS NOT NULL;

-- What a whole message can mean. Those of account 0 are everybody's, and no account can make them mean something else: it can have
-- words of its own beside them, and say its own answer to any. An answer that is empty is none.
CREATE TABLE keyword (
  account_id      bigint   NOT NULL,
  -- As it is compared: in capitals, without spaces and punctuation around it.
  word            text     NOT NULL,
  kind            text     NOT NULL,
  answer          text     NOT NULL,
  answer_segments smallint NOT NULL,
  answer_encoding text     NOT NULL,

  PRIMARY KEY (account_id, word),
  CONSTRAINT kind_is_known CHECK (kind IN ('stop', 'start', 'help'))
);

INSERT INTO keyword (account_id, word, kind, answer, answer_segments, answer_encoding)
SELECT 0, unnest(words), kind, answer, 1, 'gsm7'
FROM (VALUES
  (ARRAY['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'], 'stop',
   'You will get no more messages from this number. Reply START to get them again.'),
  (ARRAY['START', 'YES', 'UNSTOP'], 'start', 'You will get messages from this number again. Reply STOP to end them.'),
  (ARRAY['HELP', 'INFO'], 'help', 'Reply STOP to get no more messages from this number, or START to get them again.')
) AS everybodys (words, kind, answer);

-- Who wants no messages from whom. What was lifted stays, with lifted_at; the columns behind that tell of the last change.
CREATE TABLE suppression (
  id         uuid        NOT NULL DEFAULT uuid_v7_now(),
  account_id bigint      NOT NULL,
  channel    text        NOT NULL,
  person     text        NOT NULL,
  -- Empty: from none of the account's.
  sender     text        NOT NULL,
  since      timestamptz NOT NULL DEFAULT now(),
  lifted_at  timestamptz,
  -- keyword: the person's own word; provider: it refused a message for that reason; account: by the API.
  changed_by text        NOT NULL,
  word       text,
  inbound_id uuid,
  -- The message that was refused.
  message_id uuid,
  -- Where the account has it from, and what proves it.
  source     text,
  proof      text,

  -- The person first: a whole batch is looked up in one walk.
  PRIMARY KEY (person, account_id, channel, sender),
  CONSTRAINT suppression_is_changed_by_someone CHECK (changed_by IN ('keyword', 'provider', 'account'))
);

-- Not by account too: whoever accepts or claims must never take this index for the other.
CREATE UNIQUE INDEX suppression_by_id ON suppression (id);

-- The audit trail, append only.
CREATE TABLE consent_change (
  id         uuid        PRIMARY KEY,
  changed_at timestamptz NOT NULL,
  account_id bigint      NOT NULL,
  channel    text        NOT NULL,
  person     text        NOT NULL,
  sender     text        NOT NULL,
  change     text        NOT NULL,
  changed_by text        NOT NULL,
  word       text,
  inbound_id uuid,
  message_id uuid,
  source     text,
  proof      text,

  CONSTRAINT change_is_known CHECK (change IN ('opted_out', 'opted_in'))
);

CREATE INDEX consent_change_by_person ON consent_change (account_id, person, id);

-- Suppressions change in several statements: here, no change can be forgotten in the trail or among the events.
CREATE FUNCTION note_consent_changes() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO consent_change (id, changed_at, account_id, channel, person, sender, change, changed_by, word, inbound_id, message_id,
                              source, proof)
  SELECT uuid_v7_now(), now(), c.account_id, c.channel, c.person, c.sender,
         CASE WHEN c.lifted_at IS NULL THEN 'opted_out' ELSE 'opted_in' END, c.changed_by, c.word, c.inbound_id, c.message_id,
         c.source, c.proof
  FROM changed c;
  INSERT INTO event (id, account_id, type, occurred_at, data)
  SELECT uuid_v7_now(), c.account_id, 'consent.changed', now(),
         jsonb_strip_nulls(jsonb_build_object(
           'change', CASE WHEN c.lifted_at IS NULL THEN 'opted_out' ELSE 'opted_in' END,
           'suppression_id', c.id, 'channel', c.channel, 'person', c.person, 'sender', nullif(c.sender, ''), 'by', c.changed_by,
           'keyword', c.word, 'inbound_id', c.inbound_id, 'message_id', c.message_id, 'source', c.source))
  FROM changed c JOIN event_listening l ON l.account_id = c.account_id AND l.until > now();
  RETURN NULL;
END $$;

CREATE TRIGGER new_suppression_is_noted AFTER INSERT ON suppression
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_consent_changes();

CREATE TRIGGER changed_suppression_is_noted AFTER UPDATE ON suppression
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_consent_changes();

-- The person's message that this one answers by itself. Such a one goes out in spite of the STOP that it confirms. Written once,
-- with the message.
ALTER TABLE message ADD COLUMN answers uuid;
