-- Until then a provider is slow: others are preferred to it, and where there is no other it goes on. Processes of the release
-- before do not look at it.
ALTER TABLE provider_state ADD COLUMN slow_until timestamptz;
