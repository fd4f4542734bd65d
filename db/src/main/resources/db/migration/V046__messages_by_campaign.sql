-- By itself, because it reads whole tables; see "A new release" in docs/operations.md. A message of no campaign costs nothing more.
CREATE INDEX message_by_campaign ON message (campaign_id, id) WHERE campaign_id IS NOT NULL;
