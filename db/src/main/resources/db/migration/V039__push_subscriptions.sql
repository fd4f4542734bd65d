-- Browsers in which a user wants to be told of what happens. The endpoint is where the browser's maker takes messages for it; whoever knows it
-- and the two keys could write to the person, so they stand nowhere else: a message has the id as its recipient, and the claim brings the rest.
CREATE TABLE push_subscription (
  -- A UUIDv7, as text, like the other recipients of messages.
  id         text        PRIMARY KEY DEFAULT uuid_v7_now()::text,
  account_id bigint      NOT NULL,
  user_id    text        NOT NULL,
  endpoint   text        NOT NULL,
  p256dh     text        NOT NULL,
  auth       text        NOT NULL,
  user_agent text,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- When the browser said so last: of too many the oldest by this go.
  seen_at    timestamptz NOT NULL DEFAULT now(),
  -- Null: until the browser ends it.
  expires_at timestamptz,

  -- A browser is one user's at a time: whoever has signed in last.
  CONSTRAINT an_endpoint_is_one_users UNIQUE (account_id, endpoint),
  CONSTRAINT endpoint_is_of_bounded_length CHECK (length(endpoint) BETWEEN 1 AND 2000)
);

CREATE INDEX push_subscription_by_user ON push_subscription (account_id, user_id, seen_at);

-- Not checked on the rows that are there, which would read the whole table: they passed the narrower check before.
ALTER TABLE message DROP CONSTRAINT channel_is_known;
ALTER TABLE message ADD CONSTRAINT channel_is_known CHECK (channel IN ('sms', 'whatsapp', 'email', 'web_push')) NOT VALID;
