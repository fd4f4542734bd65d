-- What became of an account's messages, summed up by half hours: small enough to be kept when the messages are gone.
--
-- A message belongs to the half hour of its id, and to the group of what it is now. Messages are counted once, in the order of their
-- ids, when most of them have arrived already; so accepting, claiming and recording write nothing here. What moves later is noted as it
-- was, and moved between the groups by the next fold. See docs/decisions/0026.

CREATE TABLE analytics (
  account_id  bigint      NOT NULL,
  slot        timestamptz NOT NULL,
  -- '' stands for none: of no type, not sent by a provider yet, no number of a known country, ...
  channel     text        NOT NULL,
  type        text        NOT NULL,
  variant     text        NOT NULL,
  provider    text        NOT NULL,
  country     text        NOT NULL,
  reason      text        NOT NULL,
  -- Of what a provider took: '' where its price was not known.
  currency    text        NOT NULL,
  accepted    bigint      NOT NULL,
  -- A provider took it, whatever became of it then.
  reached     bigint      NOT NULL,
  segments    bigint      NOT NULL,
  cost        numeric     NOT NULL,
  -- By what they are now; the rest waits.
  sent        bigint      NOT NULL,
  delivered   bigint      NOT NULL,
  read        bigint      NOT NULL,
  undelivered bigint      NOT NULL,
  failed      bigint      NOT NULL,
  expired     bigint      NOT NULL,
  refused     bigint      NOT NULL,
  canceled    bigint      NOT NULL,

  PRIMARY KEY (account_id, slot, channel, type, variant, provider, country, reason, currency)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);

-- How far messages are counted. Moves of messages below "listed" are noted; messages below "counted" are in the sums. Between the two
-- lies what is counted next: as soon as every transaction has ended that may not have known that it has to note its moves. Those
-- are older than "safe_from".
CREATE TABLE analytics_position (
  only_one  boolean PRIMARY KEY DEFAULT true,
  counted   uuid    NOT NULL,
  listed    uuid    NOT NULL,
  safe_from xid8,
  -- How much of a recipient's number is looked at, with its +: as little as all areas and prices need.
  digits    int     NOT NULL DEFAULT 5,

  CONSTRAINT there_is_one_position CHECK (only_one),
  CONSTRAINT what_is_counted_is_listed CHECK (counted <= listed)
);

-- What is there already is counted bit by bit.
INSERT INTO analytics_position (counted, listed)
SELECT first, first
FROM (SELECT coalesce((SELECT id FROM message ORDER BY id LIMIT 1), uuid_v7_floor(now() - interval '1 day')) AS first) AS begin;

-- Messages that moved after they were listed, as they were before; without a status: that were not there. Lives for seconds.
CREATE TABLE analytics_change (
  -- Of two of one message the smaller came first: they wait for each other.
  seq        bigint GENERATED ALWAYS AS IDENTITY,
  message_id uuid   NOT NULL,
  status     text,
  reason     text,
  provider   text,
  sent_at    timestamptz,
  settled_at timestamptz,
  -- The beginning of the recipient's number.
  area       text
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_cost_delay = 0,
        vacuum_truncate = false);

-- What providers charged, and since when. Each change has all prices that held from then on.
CREATE TABLE price_change (
  n  int         PRIMARY KEY,
  at timestamptz NOT NULL
);

CREATE TABLE provider_price (
  change   int     NOT NULL REFERENCES price_change,
  provider text    NOT NULL,
  -- + and digits; '' where no other fits.
  prefix   text    NOT NULL,
  currency text    NOT NULL,
  price    numeric NOT NULL,

  PRIMARY KEY (change, provider, prefix)
);

CREATE FUNCTION prices_of_routing_table(content jsonb) RETURNS TABLE (provider text, prefix text, currency text, price numeric)
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  BEGIN ATOMIC
    SELECT a ->> 'name', p.prefix, coalesce(a -> 'prices' ->> 'currency', ''), p.price
    FROM jsonb_array_elements(coalesce(content -> 'accounts', '[]')) AS a
    CROSS JOIN LATERAL (
      SELECT b.key AS prefix, b.value::numeric AS price
      FROM jsonb_each_text(coalesce(nullif(a -> 'prices' -> 'by_prefix', 'null'), '{}')) AS b
      UNION ALL
      SELECT '', (a -> 'prices' ->> 'default')::numeric WHERE a -> 'prices' ->> 'default' IS NOT NULL
    ) AS p
    -- As much of a number as is looked at.
    WHERE length(p.prefix) <= 9;
  END;

-- Prices change for what is sent from now on. Nobody counts meanwhile: what is counted knows all prices that hold for it.
CREATE FUNCTION keep_prices() RETURNS trigger
  LANGUAGE plpgsql
  SET enable_hashjoin = on AS $$
DECLARE
  latest int := (SELECT max(n) FROM price_change);
BEGIN
  IF NOT EXISTS (
      (SELECT provider, prefix, currency, price FROM provider_price WHERE change = latest
       EXCEPT SELECT provider, prefix, currency, price FROM prices_of_routing_table(NEW.content))
      UNION ALL
      (SELECT provider, prefix, currency, price FROM prices_of_routing_table(NEW.content)
       EXCEPT SELECT provider, prefix, currency, price FROM provider_price WHERE change = latest)) THEN
    RETURN NULL;
  END IF;
  UPDATE analytics_position
  SET digits = (SELECT greatest(digits, max(length(prefix))) FROM prices_of_routing_table(NEW.content));
  INSERT INTO price_change (n, at) VALUES (latest + 1, clock_timestamp());
  INSERT INTO provider_price (change, provider, prefix, currency, price)
  SELECT latest + 1, provider, prefix, currency, price FROM prices_of_routing_table(NEW.content);
  RETURN NULL;
END $$;

INSERT INTO price_change (n, at) VALUES (1, '-infinity');
INSERT INTO provider_price (change, provider, prefix, currency, price)
SELECT 1, p.provider, p.prefix, p.currency, p.price FROM routing_table, prices_of_routing_table(content) AS p;
UPDATE analytics_position SET digits = (SELECT greatest(digits, max(length(prefix))) FROM provider_price);

CREATE TRIGGER prices_are_kept AFTER INSERT OR UPDATE OF content ON routing_table FOR EACH ROW EXECUTE FUNCTION keep_prices();

-- Whose numbers begin how: the country of a calling code, or that which has most of its numbers.
CREATE TABLE calling_area (
  prefix  text PRIMARY KEY,
  country text NOT NULL,

  CONSTRAINT areas_are_short CHECK (length(prefix) BETWEEN 2 AND 5)
);

INSERT INTO calling_area (prefix, country)
SELECT '+' || code, split_part(entry, ':', 1)
FROM regexp_split_to_table($areas$
    AC:247 AD:376 AE:971 AF:93 AG:1268 AI:1264 AL:355 AM:374 AO:244 AR:54 AS:1684 AT:43 AU:61 AW:297 AZ:994 BA:387 BB:1246 BD:880
    BE:32 BF:226 BG:359 BH:973 BI:257 BJ:229 BM:1441 BN:673 BO:591 BR:55 BS:1242 BT:975 BW:267 BY:375 BZ:501
    CA:1204,1226,1236,1249,1250,1257,1263,1273,1289,1306,1343,1354,1365,1367,1368,1382,1403,1416,1418,1428,1431,1437,1438,1450
    CA:1468,1474,1506,1514,1519,1548,1579,1581,1584,1587,1600,1604,1613,1622,1633,1639,1647,1672,1683,1705,1709,1742,1753,1778
    CA:1780,1782,1807,1819,1825,1867,1873,1879,1902,1905,1942 CD:243 CF:236 CG:242 CH:41 CI:225 CK:682 CL:56 CM:237 CN:86 CO:57
    CR:506 CU:53 CV:238 CW:599 CY:357 CZ:420 DE:49 DJ:253 DK:45 DM:1767 DO:1809,1829,1849 DZ:213 EC:593 EE:372 EG:20 ER:291 ES:34
    ET:251 FI:358 FJ:679 FK:500 FM:691 FO:298 FR:33 GA:241 GB:44 GD:1473 GE:995 GF:594 GH:233 GI:350 GL:299 GM:220 GN:224 GP:590
    GQ:240 GR:30 GT:502 GU:1671 GW:245 GY:592 HK:852 HN:504 HR:385 HT:509 HU:36 ID:62 IE:353 IL:972 IN:91 IO:246 IQ:964 IR:98 IS:354
    IT:39 JM:1658,1876 JO:962 JP:81 KE:254 KG:996 KH:855 KI:686 KM:269 KN:1869 KP:850 KR:82 KW:965 KY:1345 KZ:76,77 LA:856 LB:961
    LC:1758 LI:423 LK:94 LR:231 LS:266 LT:370 LU:352 LV:371 LY:218 MA:212 MC:377 MD:373 ME:382 MG:261 MH:692 MK:389 ML:223 MM:95
    MN:976 MO:853 MP:1670 MQ:596 MR:222 MS:1664 MT:356 MU:230 MV:960 MW:265 MX:52 MY:60 MZ:258 NA:264 NC:687 NE:227 NF:672 NG:234
    NI:505 NL:31 NO:47 NP:977 NR:674 NU:683 NZ:64 OM:968 PA:507 PE:51 PF:689 PG:675 PH:63 PK:92 PL:48 PM:508 PR:1787,1939 PS:970
    PT:351 PW:680 PY:595 QA:974 RE:262 RO:40 RS:381 RU:7 RW:250 SA:966 SB:677 SC:248 SD:249 SE:46 SG:65 SH:290 SI:386 SK:421 SL:232
    SM:378 SN:221 SO:252 SR:597 SS:211 ST:239 SV:503 SX:1721 SY:963 SZ:268 TC:1649 TD:235 TG:228 TH:66 TJ:992 TK:690 TL:670 TM:993
    TN:216 TO:676 TR:90 TT:1868 TV:688 TW:886 TZ:255 UA:380 UG:256 US:1 UY:598 UZ:998 VC:1784 VE:58 VG:1284 VI:1340 VN:84 VU:678
    WF:681 WS:685 XK:383 YE:967 ZA:27 ZM:260 ZW:263
  $areas$, '\s+') AS entry
CROSS JOIN LATERAL string_to_table(split_part(entry, ':', 2), ',') AS code
WHERE entry <> '';

CREATE FUNCTION analytics_slot(id uuid) RETURNS timestamptz
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_timestamp(('x0000' || left(replace(id::text, '-', ''), 12))::bit(64)::bigint / 1800000 * 1800);

-- What stays of a recipient that is emptied, because a person is erased or a text is too old: what it cost does not change by that.
ALTER TABLE message ADD COLUMN area text;

CREATE FUNCTION keep_area() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  -- Four digits go at least, whatever prices look at.
  NEW.area := left(OLD.recipient, least((SELECT digits FROM analytics_position), greatest(5, length(OLD.recipient) - 4)));
  RETURN NEW;
END $$;

CREATE TRIGGER area_is_kept BEFORE UPDATE OF recipient ON message FOR EACH ROW
  WHEN (NEW.recipient = '' AND OLD.recipient <> '' AND OLD.channel IN ('sms', 'whatsapp'))
  EXECUTE FUNCTION keep_area();

-- The digits by which the price and the country of a recipient are found.
CREATE FUNCTION analytics_area(channel text, recipient text, area text, digits int) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN channel IN ('sms', 'whatsapp') THEN left(coalesce(nullif(recipient, ''), area, ''), digits) ELSE '' END;

-- By statement, and most statements move nothing that was listed: they pay for one look at each row's id.
CREATE FUNCTION note_late_messages() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  bound uuid := (SELECT listed FROM analytics_position);
BEGIN
  IF EXISTS (SELECT FROM now_there WHERE id < bound) THEN
    INSERT INTO analytics_change (message_id) SELECT id FROM now_there WHERE id < bound;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION note_late_moves() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  here analytics_position;
BEGIN
  SELECT * INTO here FROM analytics_position;
  -- What waits is in one group whatever it waits for.
  IF EXISTS (
      SELECT FROM now_so
      WHERE id < here.listed AND status NOT IN ('scheduled', 'queued', 'sending', 'unknown')) THEN
    INSERT INTO analytics_change (message_id, status, reason, provider, sent_at, settled_at, area)
    SELECT id, status, reason, provider, sent_at, settled_at, analytics_area(channel, recipient, area, here.digits)
    FROM was WHERE id < here.listed;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER late_message_is_noted AFTER INSERT ON message
  REFERENCING NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION note_late_messages();

CREATE TRIGGER late_move_is_noted AFTER UPDATE ON message
  REFERENCING OLD TABLE AS was NEW TABLE AS now_so FOR EACH STATEMENT EXECUTE FUNCTION note_late_moves();

-- Brings the sums up to date, in one statement and so of one moment: the messages from "lower" up to "upper" are counted, anew if
-- "instead", and what was noted of them is forgotten, as it is in what was counted; what was noted of messages below "lower" moves
-- them from the group that they were in to that in which they are. Of the latter it takes one of "slices" parts, or none of 0, and always all that
-- was noted of one message. Whoever calls it holds the row of analytics_position. Answers how many rows of analytics it changed.
CREATE FUNCTION count_analytics(lower_id uuid, upper_id uuid, slices int, instead boolean) RETURNS bigint
  LANGUAGE plpgsql
  -- By ids, whatever statistics say of tables that were empty a minute ago.
  SET enable_seqscan = off SET jit = off AS $$
DECLARE
  changes   timestamptz[] := (SELECT array_agg(at ORDER BY n) FROM price_change);
  looked_at int := (SELECT digits FROM analytics_position);
  slice     int := floor(random() * slices);
  empty     tid[];
  changed   bigint;
BEGIN
  WITH taken AS (
    DELETE FROM analytics_change c
    WHERE c.message_id >= lower_id AND c.message_id < upper_id
      -- The last byte is random.
      OR slices > 0 AND c.message_id < lower_id AND get_byte(uuid_send(c.message_id), 15) % slices = slice
    RETURNING c.*
  ), first_change AS MATERIALIZED (
    SELECT DISTINCT ON (message_id) * FROM taken WHERE message_id < lower_id ORDER BY message_id, seq
  ), late AS MATERIALIZED (
    SELECT f.status AS was_status, f.reason AS was_reason, f.provider AS was_provider, f.sent_at AS was_sent_at,
           f.settled_at AS was_settled_at, f.area AS was_area, analytics_slot(m.id) AS slot,
           m.account_id, m.channel, m.notification_type, m.variant, m.segments, m.status, m.reason, m.provider, m.sent_at,
           m.settled_at, analytics_area(m.channel, m.recipient, m.area, looked_at) AS area
    FROM first_change f
    -- By their ids, one by one, and not the whole table.
    CROSS JOIN LATERAL (SELECT * FROM message WHERE id = f.message_id OFFSET 0) AS m
  ), counted AS (
    SELECT 1 AS sign, s.slot, m.account_id, m.channel, m.notification_type, m.variant, m.segments, m.status, m.reason, m.provider,
           m.sent_at, m.settled_at, analytics_area(m.channel, m.recipient, m.area, looked_at) AS area
    FROM generate_series(analytics_slot(lower_id), analytics_slot(upper_id), interval '30 minutes') AS s (slot)
    CROSS JOIN LATERAL (
      SELECT * FROM message
      WHERE id >= greatest(lower_id, uuid_v7_floor(s.slot)) AND id < least(upper_id, uuid_v7_floor(s.slot + interval '30 minutes'))
      OFFSET 0) AS m
    UNION ALL
    SELECT 1, slot, account_id, channel, notification_type, variant, segments, status, reason, provider, sent_at, settled_at, area FROM late
    UNION ALL
    SELECT -1, slot, account_id, channel, notification_type, variant, segments, was_status, was_reason, was_provider, was_sent_at,
           was_settled_at, was_area
    FROM late WHERE was_status IS NOT NULL
  ), by_area AS (
    SELECT account_id, slot, channel, notification_type, variant, status,
           -- What waits is in one group whatever it waits for.
           CASE WHEN message_is_settled(status) THEN provider END AS provider,
           CASE WHEN message_is_settled(status) AND status NOT IN ('sent', 'delivered', 'read') THEN reason END AS reason,
           area,
           -- Which prices held; null for what no provider took.
           CASE WHEN sent_at IS NOT NULL OR status IN ('sent', 'delivered', 'read', 'undelivered')
                THEN width_bucket(coalesce(sent_at, settled_at), changes) END AS change,
           sum(sign) AS messages, sum(sign * segments) AS segments, sum(sign * greatest(1, segments)) AS units
    FROM counted
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
  ), delta AS (
    SELECT a.account_id, a.slot, a.channel, coalesce(a.notification_type, '') AS type, coalesce(a.variant, '') AS variant,
           coalesce(a.provider, '') AS provider, coalesce(c.country, '') AS country, coalesce(a.reason, '') AS reason,
           coalesce(p.currency, '') AS currency, a.messages AS accepted,
           CASE WHEN a.change IS NULL THEN 0 ELSE a.messages END AS reached,
           CASE WHEN a.change IS NULL THEN 0 ELSE a.segments END AS segments,
           -- Providers count an SMS by its segments.
           coalesce(CASE WHEN a.channel = 'sms' THEN a.units ELSE a.messages END * p.price, 0) AS cost,
           CASE WHEN a.status = 'sent' THEN a.messages ELSE 0 END AS sent,
           CASE WHEN a.status = 'delivered' THEN a.messages ELSE 0 END AS delivered,
           CASE WHEN a.status = 'read' THEN a.messages ELSE 0 END AS read,
           CASE WHEN a.status = 'undelivered' THEN a.messages ELSE 0 END AS undelivered,
           CASE WHEN a.status = 'failed' THEN a.messages ELSE 0 END AS failed,
           CASE WHEN a.status = 'expired' THEN a.messages ELSE 0 END AS expired,
           CASE WHEN a.status = 'refused' THEN a.messages ELSE 0 END AS refused,
           CASE WHEN a.status = 'canceled' THEN a.messages ELSE 0 END AS canceled
    FROM by_area a
    LEFT JOIN LATERAL (
      SELECT country FROM calling_area
      WHERE prefix IN (left(a.area, 2), left(a.area, 3), left(a.area, 4), left(a.area, 5)) ORDER BY length(prefix) DESC LIMIT 1) AS c ON true
    LEFT JOIN LATERAL (
      SELECT o.currency, o.price FROM provider_price o
      WHERE o.change = a.change AND o.provider = a.provider AND starts_with(a.area, o.prefix)
      ORDER BY length(o.prefix) DESC LIMIT 1) AS p ON true
    UNION ALL
    SELECT account_id, slot, channel, type, variant, provider, country, reason, currency, -accepted, -reached, -segments, -cost,
           -sent, -delivered, -read, -undelivered, -failed, -expired, -refused, -canceled
    FROM analytics
    WHERE instead AND slot >= analytics_slot(lower_id) AND uuid_v7_floor(slot) < upper_id
  ), stored AS (
    INSERT INTO analytics AS a (account_id, slot, channel, type, variant, provider, country, reason, currency, accepted, reached,
                                segments, cost, sent, delivered, read, undelivered, failed, expired, refused, canceled)
    SELECT account_id, slot, channel, type, variant, provider, country, reason, currency, sum(accepted), sum(reached),
           sum(segments), sum(cost), sum(sent), sum(delivered), sum(read), sum(undelivered), sum(failed), sum(expired), sum(refused),
           sum(canceled)
    FROM delta
    GROUP BY account_id, slot, channel, type, variant, provider, country, reason, currency
    HAVING (sum(accepted), sum(reached), sum(segments), sum(cost), sum(sent), sum(delivered), sum(read), sum(undelivered), sum(failed),
            sum(expired), sum(refused), sum(canceled)) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    ON CONFLICT (account_id, slot, channel, type, variant, provider, country, reason, currency) DO UPDATE
    SET accepted = a.accepted + excluded.accepted, reached = a.reached + excluded.reached, segments = a.segments + excluded.segments,
        cost = a.cost + excluded.cost, sent = a.sent + excluded.sent, delivered = a.delivered + excluded.delivered,
        read = a.read + excluded.read, undelivered = a.undelivered + excluded.undelivered, failed = a.failed + excluded.failed,
        expired = a.expired + excluded.expired, refused = a.refused + excluded.refused, canceled = a.canceled + excluded.canceled
    RETURNING a.ctid AS place, a.accepted
  )
  SELECT count(*), array_agg(place) FILTER (WHERE accepted = 0) INTO changed, empty FROM stored;
  -- Groups that all have left.
  DELETE FROM analytics WHERE ctid = ANY (empty);
  RETURN changed;
END $$;

-- One step: what is listed and may be counted is counted, and the next messages are listed, as far as they are older than "delay" and no
-- more than rows_max; what was noted is folded in. To be called in a transaction of its own. Answers whether there is more to do.
CREATE FUNCTION fold_analytics(delay interval, rows_max int) RETURNS boolean
  LANGUAGE plpgsql AS $$
DECLARE
  here      analytics_position;
  upper_id  uuid;
  bound     uuid;
  following uuid;
  waiting   int;
BEGIN
  -- One at a time; the others have nothing to do.
  IF NOT pg_try_advisory_xact_lock(hashtext('heliograph.fold_analytics')) THEN
    RETURN false;
  END IF;
  -- Read before this transaction has an id: that is then newer than the commit which has listed what is to be counted, so whoever moved
  -- something without knowing has an older one.
  SELECT * INTO here FROM analytics_position;
  -- What moves all the time leaves a version behind each time, which every statement about messages reads as long as somebody's
  -- snapshot holds it. So one step in ten seconds is enough, whoever asks, unless much is waiting. Tests, which wait for nothing, have no delay.
  IF here.safe_from IS NULL AND delay > interval '0' AND here.listed > uuid_v7_floor(now() - delay - interval '10 seconds')
      AND (SELECT count(*) FROM (SELECT FROM analytics_change LIMIT 100000) AS noted) < 100000 THEN
    RETURN false;
  END IF;
  -- One that is still to come is of another cluster, from which this database was restored.
  IF here.safe_from IS NULL OR here.safe_from >= pg_snapshot_xmax(pg_current_snapshot()) THEN
    UPDATE analytics_position SET safe_from = pg_current_xact_id();
    RETURN true;
  END IF;
  SELECT * INTO here FROM analytics_position FOR UPDATE;
  upper_id := CASE WHEN pg_snapshot_xmin(pg_current_snapshot()) >= here.safe_from THEN here.listed ELSE here.counted END;
  waiting := (SELECT count(*) FROM (SELECT FROM analytics_change LIMIT 1000000) AS noted);
  PERFORM count_analytics(here.counted, upper_id, 1 + waiting / 100000, false);
  IF upper_id < here.listed THEN
    RETURN false;
  END IF;

  -- A day at most, should there be none.
  bound := least(uuid_v7_floor(now() - delay), uuid_v7_floor(analytics_slot(here.listed) + interval '1 day'));
  following := (SELECT id FROM message WHERE id >= here.listed AND id < bound ORDER BY id OFFSET rows_max LIMIT 1);
  UPDATE analytics_position
  SET counted = here.listed, listed = greatest(here.listed, coalesce(following, bound)), safe_from = NULL;
  RETURN following IS NOT NULL OR waiting >= 100000 OR bound < uuid_v7_floor(now() - delay);
END $$;

-- Until when messages are counted.
CREATE FUNCTION analytics_as_of() RETURNS timestamptz
  LANGUAGE sql STABLE
  RETURN (SELECT to_timestamp(('x0000' || left(replace(counted::text, '-', ''), 12))::bit(64)::bigint / 1000.0) FROM analytics_position);

-- Counts a day of UTC anew, as far as it was counted. Answers how many rows were wrong: always 0, unless somebody has changed messages
-- behind the triggers. Nobody folds meanwhile, and prices that change wait. Without "gone_too" it refuses a day of which messages are gone
-- that were counted when they were there.
CREATE FUNCTION recount_analytics(day date, gone_too boolean DEFAULT false) RETURNS bigint
  LANGUAGE plpgsql AS $$
DECLARE
  here     analytics_position;
  lower_id uuid := uuid_v7_floor(day::timestamp AT TIME ZONE 'UTC');
  upper_id uuid := uuid_v7_floor((day + 1)::timestamp AT TIME ZONE 'UTC');
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('heliograph.fold_analytics'));
  -- Nobody drops the day meanwhile.
  PERFORM pg_advisory_xact_lock(hashtext('heliograph.make_partitions'));
  SELECT * INTO here FROM analytics_position FOR UPDATE;
  upper_id := least(upper_id, here.counted);
  IF upper_id <= lower_id THEN
    RETURN 0;
  END IF;
  IF NOT gone_too AND EXISTS (
      SELECT FROM (SELECT account_id, sum(accepted) AS accepted FROM analytics
                   WHERE slot >= analytics_slot(lower_id) AND slot < analytics_slot(lower_id) + interval '1 day' GROUP BY account_id) AS a
      WHERE a.accepted > (SELECT count(*) FROM message m
                          WHERE m.account_id = a.account_id AND m.id >= lower_id AND m.id < upper_id)) THEN
    RAISE EXCEPTION 'Messages of % are gone: their sums are all that there is', day USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  RETURN count_analytics(lower_id, upper_id, 0, true);
END $$;
