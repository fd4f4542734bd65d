-- The request that brought a message together with others. Written once, with the message. The index is of messages of batches only, and
-- those of one batch come at one time: they lie together at its end.
ALTER TABLE message ADD COLUMN batch_id uuid;
CREATE INDEX message_by_batch ON message (account_id, batch_id) WHERE batch_id IS NOT NULL;

-- What follows a message is of its batch too, and told where its events are told.
CREATE OR REPLACE FUNCTION append_follower(
    ended message, what jsonb, valid interval, fallback_left jsonb, avoided text[]) RETURNS void
  LANGUAGE sql
  BEGIN ATOMIC
    WITH stored AS (
      INSERT INTO message (id, account_id, status, channel, lane, on_unknown, possible_duplicate, segments, encoding, created_at,
                           expires_at, recipient, sender, body, media_urls, content, reference, metadata, retry, fallback,
                           on_undelivered, fallback_of, avoided_providers, status_callback, messaging_service_sid, batch_id)
      SELECT uuid_v7_now(), ended.account_id, 'queued', what ->> 'channel', ended.lane, ended.on_unknown,
             ended.possible_duplicate OR coalesce(ended.reason = 'outcome_unknown', false), (what ->> 'segments')::smallint, what ->> 'encoding',
             now(), now() + valid, what ->> 'to', what ->> 'from', what ->> 'text', nullif(what -> 'media_urls', 'null'),
             nullif(what -> 'content', 'null'), ended.reference, ended.metadata, ended.retry, nullif(fallback_left, '[]'),
             ended.on_undelivered, ended.id, avoided, ended.status_callback, ended.messaging_service_sid, ended.batch_id
      RETURNING id, channel, lane, account_id
    )
    INSERT INTO outbox (message_id, topic, lane, account_id, due_at, created_at)
    SELECT id, channel, lane, account_id, now(), now() FROM stored;
  END;
