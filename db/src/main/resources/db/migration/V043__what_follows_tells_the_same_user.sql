-- What follows a message tells the same user of the same thing: they find it in their history, their erasure reaches it, and what they
-- have withdrawn stops it.
CREATE OR REPLACE FUNCTION append_follower(
    ended message, what jsonb, valid interval, fallback_left jsonb, avoided text[]) RETURNS void
  LANGUAGE sql
  BEGIN ATOMIC
    WITH stored AS (
      INSERT INTO message (id, account_id, status, channel, lane, on_unknown, possible_duplicate, segments, encoding, created_at,
                           expires_at, recipient, sender, body, media_urls, content, reference, metadata, retry, fallback,
                           on_undelivered, fallback_of, avoided_providers, status_callback, messaging_service_sid, batch_id, secret,
                           redacted_at, notification_id, user_id, notification_type, variant, purpose)
      SELECT uuid_v7_now(), ended.account_id, 'queued', what ->> 'channel', ended.lane, ended.on_unknown,
             ended.possible_duplicate OR coalesce(ended.reason = 'outcome_unknown', false), (what ->> 'segments')::smallint, what ->> 'encoding',
             now(), CASE WHEN ended.secret IS NULL THEN now() + valid ELSE least(now() + valid, ended.expires_at) END,
             what ->> 'to', what ->> 'from', what ->> 'text', nullif(what -> 'media_urls', 'null'),
             nullif(what -> 'content', 'null'), ended.reference, ended.metadata, ended.retry, nullif(fallback_left, '[]'),
             ended.on_undelivered, ended.id, avoided, ended.status_callback, ended.messaging_service_sid, ended.batch_id, ended.secret,
             CASE WHEN ended.secret IS NOT NULL THEN now() END,
             ended.notification_id, ended.user_id, ended.notification_type, ended.variant, ended.purpose
      RETURNING id, channel, lane, account_id
    )
    INSERT INTO outbox (message_id, topic, lane, account_id, due_at, created_at)
    SELECT id, channel, lane, account_id, now(), now() FROM stored;
  END;

-- How many one-time codes an account lets be sent, within what the operator lets it. Null is what the operator lets it.
ALTER TABLE account_setting
  ADD COLUMN codes_per_number_hour    int,
  ADD COLUMN codes_per_number_day     int,
  ADD COLUMN codes_per_prefix_hour    int,
  ADD COLUMN codes_per_client_ip_hour int,
  ADD COLUMN codes_per_account_minute int,
  ADD CONSTRAINT code_limits_let_one_pass CHECK (
    codes_per_number_hour >= 1 AND codes_per_number_day >= 1 AND codes_per_prefix_hour >= 1 AND codes_per_client_ip_hour >= 1
    AND codes_per_account_minute >= 1);
