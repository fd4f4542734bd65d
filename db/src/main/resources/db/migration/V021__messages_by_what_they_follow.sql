-- By itself, because it reads the whole table: nothing else that is locked waits for it, and messages can be read meanwhile. What is
-- accepted, claimed and recorded waits; see "A new release" in docs/operations.md.
CREATE INDEX message_by_followed ON message (fallback_of) WHERE fallback_of IS NOT NULL;
