-- Accounts take turns: what is due is found for each account by itself, so that a million promises of one are no hill in front
-- of another's first.
CREATE INDEX outbox_due_by_account ON outbox (lane, topic, account_id, due_at);
DROP INDEX outbox_due;
