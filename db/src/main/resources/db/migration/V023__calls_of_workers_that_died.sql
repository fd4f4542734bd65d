-- A worker that died after its claim has told nobody which calls it made, so an attempt that is found lost has no receipt_key. All
-- messages of a call were claimed together, and each keeps the name of its claim: that stands for the key. Only lost attempts have
-- it, so nothing that goes well pays for the index.
ALTER TABLE attempt ADD COLUMN lost_claim uuid;
CREATE INDEX attempt_by_lost_claim ON attempt (lost_claim) WHERE lost_claim IS NOT NULL;

-- The call that a receipt names, after its first message: docs/decisions/0010.
ALTER TABLE callback ADD COLUMN call_first uuid;
ALTER TABLE callback ADD COLUMN call_attempt smallint;

-- The lost attempt that a receipt of this call and this number is about. None where two of the claim's messages went to the number,
-- in two calls, as nobody knows which of them left; but the message that the call is named after is in no other.
CREATE FUNCTION lost_attempt_of_call(call_first uuid, call_attempt smallint, digits text)
  RETURNS TABLE (message_id uuid, n smallint)
  LANGUAGE sql STABLE ROWS 1
  BEGIN ATOMIC
    WITH call AS MATERIALIZED (
      SELECT coalesce(
        (SELECT a.lost_claim FROM attempt a WHERE a.message_id = call_first AND a.n = call_attempt),
        (SELECT m.claim FROM message m WHERE m.id = call_first AND m.attempt = call_attempt)) AS claim
    ), lost AS MATERIALIZED (
      SELECT a.message_id, a.n, m.recipient
      FROM attempt a
      CROSS JOIN LATERAL (SELECT recipient FROM message WHERE id = a.message_id LIMIT 1) m
      WHERE a.lost_claim = (SELECT claim FROM call) AND right(ltrim(m.recipient, '+'), 10) = digits
    )
    SELECT l.message_id, l.n
    FROM lost l
    WHERE l.message_id = call_first
      OR (SELECT count(*) FROM lost) = 1
        -- Nor one that nobody has found lost yet. Through the accounts, as the index of recipients begins with them.
        AND NOT EXISTS (
          SELECT FROM account, message m
          WHERE m.account_id = account.id AND m.recipient = l.recipient AND m.id <> l.message_id
            AND m.status = 'sending' AND m.claim = (SELECT claim FROM call));
  END;
