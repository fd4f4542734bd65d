-- What is held and let go again is found by the promises alone. By itself: who locks messages and promises in one migration may wait for a
-- process that has locked them in the other order.
ALTER TABLE outbox ADD COLUMN campaign_id uuid;
CREATE INDEX outbox_by_campaign ON outbox (campaign_id, due_at) WHERE campaign_id IS NOT NULL;
