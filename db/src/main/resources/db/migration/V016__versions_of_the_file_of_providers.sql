-- The highest version of a file of providers that any worker has put in force; 0 while none had a version. Processes of the release
-- before leave it as it is.
ALTER TABLE routing_table ADD COLUMN version int NOT NULL DEFAULT 0;
ALTER TABLE routing_table ADD CONSTRAINT version_is_not_negative CHECK (version >= 0);
