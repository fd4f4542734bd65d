-- The callbacks that messages bring with them go out in lines by account and host, so that a host which hangs delays no other. Hosts
-- of one account share 256 lines: an account can make no more of them, whatever it writes, and two of its hosts may meet in one.
--
-- What is promised to an endpoint has the endpoint for its line; here it is 0. So is, until it has gone out, what was promised before.
ALTER TABLE webhook_delivery ADD COLUMN callback_line smallint NOT NULL DEFAULT 0;

-- Of the host as it stands in the URL, whatever its case; without user and port.
CREATE FUNCTION callback_line(url text) RETURNS smallint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN coalesce(hashtext(lower(substring(url FROM '^[^:/?#]*://(?:[^/?#]*@)?(\[[^]]*\]|[^:/?#]*)'))) & 255, 0);

CREATE INDEX webhook_delivery_of_callbacks_due ON webhook_delivery (account_id, callback_line, due_at) WHERE endpoint_id IS NULL;
-- Who goes by the account alone finds it by the one above.
DROP INDEX webhook_delivery_of_messages_due;

CREATE OR REPLACE FUNCTION promise_webhooks() RETURNS trigger
  LANGUAGE plpgsql
  -- The plan is kept, and made when nobody knows yet how many messages there will be: id by id, never the whole table.
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  INSERT INTO webhook_delivery (id, account_id, event_id, endpoint_id, callback_line, due_at, created_at)
  SELECT uuid_v7_now(), e.account_id, e.id, w.id, 0, now(), now()
  FROM told e
  JOIN webhook_endpoint w ON w.account_id = e.account_id AND w.deleted_at IS NULL AND w.disabled_at IS NULL
    AND (w.event_types IS NULL OR e.type = ANY (w.event_types))
  LEFT JOIN message m ON m.id = e.message_id AND w.channels IS NOT NULL
  -- Whoever stores the event that tries one endpoint promises it to that one.
  WHERE e.type <> 'webhook_endpoint.test'
    AND (w.channels IS NULL OR coalesce(m.channel, e.data ->> 'channel') IS NULL
         OR coalesce(m.channel, e.data ->> 'channel') = ANY (w.channels))
  UNION ALL
  SELECT uuid_v7_now(), e.account_id, e.id, NULL, callback_line(m.status_callback), now(), now()
  FROM told e JOIN message m ON m.id = e.message_id
  WHERE m.status_callback IS NOT NULL AND e.type <> 'message.accepted';
  RETURN NULL;
END $$;
