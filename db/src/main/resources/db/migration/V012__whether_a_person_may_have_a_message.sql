-- Whether the person may have got a message, or one of those that it repeats: what is sent anew without asking must not arrive twice.
-- An attempt with an unknown outcome, or an accepted one, counts as received until its receipt says no.
CREATE FUNCTION message_may_have_been_sent(message_id uuid) RETURNS boolean
  LANGUAGE sql STABLE
  BEGIN ATOMIC
    WITH RECURSIVE line AS (
      SELECT m.id, m.replay_of, m.status, m.reason, m.possible_duplicate
      FROM message m WHERE m.id = message_may_have_been_sent.message_id
      UNION ALL
      SELECT m.id, m.replay_of, m.status, m.reason, m.possible_duplicate
      FROM line l JOIN message m ON m.id = l.replay_of
    )
    SELECT coalesce(bool_or(
             l.status IN ('sent', 'delivered', 'read')
             OR coalesce(l.reason, '') = 'outcome_unknown'
             OR l.possible_duplicate
             OR EXISTS (SELECT FROM attempt a
                        WHERE a.message_id = l.id AND a.outcome IN ('unknown', 'accepted')
                          AND NOT EXISTS (SELECT FROM callback c
                                          WHERE c.message_id = l.id AND coalesce(c.attempt, a.n) = a.n
                                            AND c.status IN ('failed', 'undelivered')))), false)
    FROM line l;
  END;
