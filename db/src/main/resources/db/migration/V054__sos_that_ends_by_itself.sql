-- A request that nobody closes ends with its token: those that have come to that, without a look at the others.
CREATE INDEX sos_request_by_expiry ON sos_request (token_expires_at) WHERE status = 'open';

-- Who may ask how a donor can be reached is another matter than who may read what was sent. What was granted before stays as it was. The
-- table is small: nobody waits for long.
ALTER TABLE api_key DROP CONSTRAINT scopes_are_known,
  ADD CONSTRAINT scopes_are_known CHECK (scopes <@ ARRAY['messages:write', 'messages:read', 'contacts:reveal', 'admin']);
