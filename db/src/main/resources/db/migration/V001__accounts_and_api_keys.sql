-- An account is a customer of the operator; everything else belongs to exactly one.
CREATE TABLE account (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name       text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),

  CONSTRAINT account_name_is_unique UNIQUE (name),
  CONSTRAINT account_name_is_not_empty CHECK (length(name) BETWEEN 1 AND 200)
);

-- Only the SHA-256 of a key is kept: keys are random and long, so a slow hash would buy nothing.
CREATE TABLE api_key (
  key_hash   bytea       PRIMARY KEY,
  account_id bigint      NOT NULL REFERENCES account,
  scopes     text[]      NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz,

  CONSTRAINT key_hash_is_a_sha256 CHECK (octet_length(key_hash) = 32),
  CONSTRAINT scopes_are_known CHECK (scopes <@ ARRAY['messages:write', 'messages:read', 'admin'])
);
