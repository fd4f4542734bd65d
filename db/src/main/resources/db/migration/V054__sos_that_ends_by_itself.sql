-- A request that nobody closes ends with its token: those that have come to that, without a look at the others.
CREATE INDEX sos_request_by_expiry ON sos_request (token_expires_at) WHERE status = 'open';

-- Those of long ago end quietly: nobody wants to hear now that what they were asked for weeks ago is over.
UPDATE sos_request SET status = 'closed', ended_at = token_expires_at, updated_at = now()
WHERE status = 'open' AND token_expires_at < now() - interval '1 day';

-- Who may ask how a donor can be reached is another matter than who may read what was sent. What is in
-- keys stays as it was: whoever asked it with messages:read needs the new scope now. The table is small: nobody waits for long.
ALTER TABLE api_key DROP CONSTRAINT scopes_are_known,
  ADD CONSTRAINT scopes_are_known CHECK (scopes <@ ARRAY['messages:write', 'messages:read', 'contacts:reveal', 'admin']);
