-- When a person was last written to, for the limit of messages to one: each message takes a place, and is not sent without one.
-- The person is the beginning of a hash, so that nothing here says who it is.
CREATE TABLE recipient_place (
  person       uuid          PRIMARY KEY,
  taken_at     timestamptz[] NOT NULL,
  -- How many places the last who asked has got: his answer, as the statement that takes them returns the row that it leaves.
  granted      int           NOT NULL,
  -- From then on the row says nothing any more, and a relay removes it.
  worthless_at timestamptz   NOT NULL,

  CONSTRAINT granted_is_not_negative CHECK (granted >= 0)
) WITH (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.05);
