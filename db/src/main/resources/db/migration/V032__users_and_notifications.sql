-- The people of an account, by the account's own ids, and what they are told.

CREATE TABLE app_user (
  account_id bigint      NOT NULL,
  -- The account's own name for the user.
  id         text        NOT NULL,
  -- E.164; for SMS and WhatsApp.
  phone      text,
  email      text,
  -- A language tag, such as hi-IN; null for the account's.
  locale     text,
  -- Of the tz database, such as Asia/Kolkata; null: where the number is from.
  time_zone  text,
  attributes jsonb,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,

  PRIMARY KEY (account_id, id)
);

CREATE INDEX app_user_by_phone ON app_user (account_id, phone) WHERE phone IS NOT NULL;
CREATE INDEX app_user_by_email ON app_user (account_id, email) WHERE email IS NOT NULL;

-- What a user has switched on or off. What was never touched is as the type's priority and the channel say.
CREATE TABLE preference (
  account_id bigint      NOT NULL,
  user_id    text        NOT NULL,
  category   text        NOT NULL,
  channel    text        NOT NULL,
  enabled    boolean     NOT NULL,
  changed_at timestamptz NOT NULL,

  PRIMARY KEY (account_id, user_id, category, channel)
);

-- What happened, as the account told it, and what became of it by channel when it was accepted. The messages have their own
-- lives; those of a notification carry its id.
CREATE TABLE notification (
  id          uuid        NOT NULL,
  account_id  bigint      NOT NULL,
  user_id     text        NOT NULL,
  type        text        NOT NULL,
  created_at  timestamptz NOT NULL,
  -- By channel: the message's id, or the reason why there is none.
  outcomes    jsonb       NOT NULL,

  PRIMARY KEY (id)
);

CREATE INDEX notification_by_user ON notification (account_id, user_id, id);

-- Written once, with the message, and only for what a notification had sent.
ALTER TABLE message
  ADD COLUMN notification_id   uuid,
  ADD COLUMN user_id           text,
  ADD COLUMN notification_type text,
  ADD COLUMN variant           text;

CREATE INDEX message_by_user ON message (account_id, user_id, id) WHERE user_id IS NOT NULL;
