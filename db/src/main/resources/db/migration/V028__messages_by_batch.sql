-- The request that brought a message together with others. Written once, with the message. The index is of messages of batches only, and
-- those of one batch come at one time: they lie together at its end.
ALTER TABLE message ADD COLUMN batch_id uuid;
CREATE INDEX message_by_batch ON message (account_id, batch_id) WHERE batch_id IS NOT NULL;
