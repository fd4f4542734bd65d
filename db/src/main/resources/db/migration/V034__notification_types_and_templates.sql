-- What accounts have of their own beside the types and templates that are shipped with the gateway.

-- Raised with every change, so that gateways see that what they have in memory is old. Whoever changes an account's types or templates
-- locks its row first.
CREATE TABLE catalog_version (
  account_id bigint NOT NULL,
  version    bigint NOT NULL,

  PRIMARY KEY (account_id)
);

CREATE TABLE notification_type (
  account_id bigint      NOT NULL,
  name       text        NOT NULL,
  -- Category, priority, channels and variables, as the API shows them.
  definition jsonb       NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,

  PRIMARY KEY (account_id, name)
);

-- Every version of every template. A draft may change; what was published never does.
CREATE TABLE template_version (
  account_id   bigint      NOT NULL,
  type         text        NOT NULL,
  channel      text        NOT NULL,
  -- A language tag, such as hi or hi-IN.
  locale       text        NOT NULL,
  version      integer     NOT NULL,
  state        text        NOT NULL,
  content      jsonb       NOT NULL,
  created_at   timestamptz NOT NULL,
  -- When it was put in force the last time.
  published_at timestamptz,

  PRIMARY KEY (account_id, type, channel, locale, version),
  CONSTRAINT template_state_is_known CHECK (state IN ('draft', 'published', 'retired')),
  CONSTRAINT only_a_draft_was_never_published CHECK ((state = 'draft') = (published_at IS NULL))
);

CREATE UNIQUE INDEX a_template_has_one_draft ON template_version (account_id, type, channel, locale) WHERE state = 'draft';
CREATE UNIQUE INDEX one_version_is_in_force ON template_version (account_id, type, channel, locale) WHERE state = 'published';
