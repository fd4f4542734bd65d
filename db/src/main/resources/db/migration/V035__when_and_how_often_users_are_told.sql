-- What an account has set for all that its users are told: when, how often, and what is gathered into one message.

CREATE TABLE account_setting (
  account_id            bigint      NOT NULL,
  -- For users of whom none is known.
  locale                text,
  time_zone             text,
  -- Countries, such as US, of whose hours for promotional messages the account says that they do not hold for it.
  promotional_hours_off text[]      NOT NULL DEFAULT '{}',
  updated_at            timestamptz NOT NULL,

  PRIMARY KEY (account_id)
);

-- By the recipient's clock. The one that says most of a message holds for it: category and country, category, country, neither.
CREATE TABLE quiet_hours (
  account_id bigint NOT NULL,
  -- '' for all of them.
  category   text   NOT NULL,
  country    text   NOT NULL,
  -- Both null: there are none.
  from_time  time,
  to_time    time,

  PRIMARY KEY (account_id, category, country),
  CONSTRAINT quiet_hours_have_two_ends_or_none CHECK ((from_time IS NULL) = (to_time IS NULL)),
  CONSTRAINT quiet_hours_are_not_the_whole_day CHECK (from_time <> to_time)
);

-- How many notifications a user may get.
CREATE TABLE cap (
  account_id bigint NOT NULL,
  -- '' for all that is not critical.
  category   text   NOT NULL,
  daily      int,
  monthly    int,

  PRIMARY KEY (account_id, category),
  CONSTRAINT a_cap_caps_something CHECK (daily IS NOT NULL OR monthly IS NOT NULL),
  CONSTRAINT a_cap_leaves_something CHECK (daily >= 1 AND monthly >= 1)
);

-- How many of them a user got, by day or month of the user's own time; counted only where there is a cap.
CREATE TABLE cap_count (
  account_id bigint NOT NULL,
  user_id    text   NOT NULL,
  category   text   NOT NULL,
  period     text   NOT NULL CHECK (period IN ('day', 'month')),
  starts_on  date   NOT NULL,
  told       int    NOT NULL,

  PRIMARY KEY (account_id, user_id, category, period, starts_on)
) WITH (fillfactor = 80);

CREATE INDEX cap_count_by_start ON cap_count (starts_on);

-- What is held for so long, so that several become one message.
CREATE TABLE digest_window (
  account_id bigint NOT NULL,
  type       text   NOT NULL,
  window_ms  bigint NOT NULL,

  PRIMARY KEY (account_id, type)
);

-- What is gathered now, and when it goes. Whoever adds to it or takes it locks its row.
CREATE TABLE digest (
  account_id bigint      NOT NULL,
  user_id    text        NOT NULL,
  type       text        NOT NULL,
  due_at     timestamptz NOT NULL,
  items      int         NOT NULL,

  PRIMARY KEY (account_id, user_id, type)
);

CREATE INDEX digest_by_due ON digest (due_at);

-- The events in it.
CREATE TABLE digest_item (
  account_id      bigint NOT NULL,
  user_id         text   NOT NULL,
  type            text   NOT NULL,
  notification_id uuid   NOT NULL,
  data            jsonb  NOT NULL,

  PRIMARY KEY (account_id, user_id, type, notification_id)
);
