-- Whoever wrote to a person, in whatever account: what the person answers concerns all of them. The index before had the account first, and
-- to ask it so took a look for each account that there is. It is replaced, so that a message writes no more than it did.
CREATE INDEX message_by_recipient ON message (recipient, account_id, id);
DROP INDEX message_by_account_and_recipient;

-- The accounts that have written to this person from this number in the last 30 days, each with its latest message of those that may have
-- left; accounts_max at the most, and of each account its last 50 messages to the person.
--
-- One row comparison is a walk of the index, from account to account: nothing else can look as good while nothing is known of a new day's
-- partition.
CREATE FUNCTION conversations(person text, of_channel text, number text, from_provider text, accounts_max int)
  RETURNS TABLE (account_id bigint, message_id uuid)
  LANGUAGE plpgsql STABLE ROWS 1 AS $$
DECLARE
  oldest uuid := uuid_v7_floor(now() - interval '30 days');
  writer bigint := -1;
BEGIN
  FOR i IN 1..accounts_max LOOP
    SELECT m.account_id INTO writer FROM message m
    WHERE (m.recipient, m.account_id) > (person, writer) AND m.recipient <= person AND m.id >= oldest
    ORDER BY m.recipient, m.account_id LIMIT 1;
    EXIT WHEN NOT FOUND;
    RETURN QUERY
    SELECT c.account_id, c.id
    FROM (SELECT m.account_id, m.id, m.channel, m.sender, m.provider, m.attempt FROM message m
          WHERE (m.recipient, m.account_id) <= (person, writer) AND (m.recipient, m.account_id, m.id) >= (person, writer, oldest)
            AND m.id >= oldest
          ORDER BY m.recipient DESC, m.account_id DESC, m.id DESC LIMIT 50) c
    WHERE c.channel = of_channel AND c.attempt > 0
      -- One that names no sender may have come from any number of the provider that it went through.
      AND (c.sender = number OR c.sender IS NULL AND coalesce(c.provider = from_provider, true))
    ORDER BY c.id DESC LIMIT 1;
  END LOOP;
END $$;

-- A provider refused a message because the person has told it to stop. Without a sender nobody knows which of ours it was.
CREATE FUNCTION suppress_who_told_provider(
    message_id uuid, account_id bigint, channel text, person text, sender text, sent_from timestamptz) RETURNS void
  LANGUAGE plpgsql AS $$
#variable_conflict use_variable
BEGIN
  INSERT INTO suppression AS s (account_id, channel, person, sender, changed_by, message_id)
  SELECT account_id, channel, person, sender, 'provider', message_id
  -- Nobody is left to ask for nothing where the message was deleted.
  WHERE person <> ''
    -- Whoever has opted in since it was sent has the last word, which without a sender may be about any of ours.
    AND (sender <> '' OR NOT EXISTS (
      SELECT FROM suppression l
      WHERE l.person = suppress_who_told_provider.person AND l.account_id = suppress_who_told_provider.account_id
        AND l.channel = suppress_who_told_provider.channel AND l.lifted_at >= sent_from))
  ON CONFLICT ON CONSTRAINT suppression_pkey DO UPDATE
  SET since = now(), lifted_at = NULL, changed_by = 'provider', message_id = excluded.message_id,
      word = NULL, inbound_id = NULL, source = NULL, proof = NULL
  -- As above, and of the row as it is now: the person may be opting in at this moment.
  WHERE s.lifted_at < sent_from;
END $$;

-- A keyword as it is compared: without the accents that people leave out. Only combining marks of Latin, Greek and Cyrillic are taken away:
-- those of Hindi and its like are letters.
CREATE FUNCTION keyword_as_compared(word text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN normalize(regexp_replace(normalize(word, NFKD), U&'[\0300-\036F]', '', 'g'), NFKC);

-- The language is of the words that everybody has. Providers answer none but those of Twilio's own list.
ALTER TABLE keyword
  ADD COLUMN language text,
  ADD COLUMN providers_answer boolean NOT NULL DEFAULT false,
  ADD COLUMN compared text GENERATED ALWAYS AS (keyword_as_compared(word)) STORED;

UPDATE keyword SET language = 'en', providers_answer = true
WHERE account_id = 0 AND word IN ('STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'START', 'YES', 'UNSTOP',
                                  'HELP', 'INFO');

-- Two that were different by an accent only are one word now; the stop stays.
DELETE FROM keyword k USING keyword other
WHERE k.account_id = other.account_id AND k.compared = other.compared AND k.word <> other.word
  AND (k.kind <> 'stop', k.word) > (other.kind <> 'stop', other.word);

CREATE UNIQUE INDEX keyword_is_told_from_others ON keyword (account_id, compared);

-- Words that mean nothing else, and so no word for "cancel". Each answer is one part of an SMS, which a test counts.
INSERT INTO keyword (account_id, word, kind, answer, answer_segments, answer_encoding, language)
SELECT 0, w.word, a.kind, a.answer, 1, a.encoding, a.language
FROM (VALUES
  ('en', 'stop', 'gsm7', ARRAY['STOP ALL', 'OPT OUT', 'OPT-OUT'],
   'You will get no more messages from this number. Reply START to get them again.'),
  ('es', 'stop', 'gsm7', ARRAY['ALTO', 'PARAR', 'BAJA', 'DETENER', 'DARSE DE BAJA'],
   'No le enviaremos mensajes. Responda START si desea recibirlos otra vez.'),
  ('es', 'start', 'gsm7', ARRAY['ALTA', 'INICIAR'], 'Le enviaremos mensajes otra vez. Responda ALTO si no desea recibirlos.'),
  ('es', 'help', 'gsm7', ARRAY['AYUDA'], 'Responda ALTO si no desea recibir mensajes, o START si desea recibirlos otra vez.'),
  ('fr', 'stop', 'gsm7', ARRAY['ARRÊT', 'ARRÊTER', 'ARRÊTEZ', 'DÉSABONNER', 'DÉSINSCRIRE'],
   'Vous ne recevrez plus de messages de ce numéro. Répondez START pour les recevoir de nouveau.'),
  ('fr', 'start', 'gsm7', ARRAY['DÉBUTER', 'REPRENDRE'],
   'Vous recevrez de nouveau les messages de ce numéro. Répondez ARRET pour ne plus les recevoir.'),
  ('fr', 'help', 'gsm7', ARRAY['AIDE'],
   'Répondez ARRET pour ne plus recevoir de messages de ce numéro, ou START pour les recevoir de nouveau.'),
  ('pt', 'stop', 'gsm7', ARRAY['SAIR', 'PARE', 'DESCADASTRAR'],
   'Sem mais mensagens a partir de agora. Responda START se quiser receber de novo.'),
  ('pt', 'start', 'gsm7', ARRAY['VOLTAR'], 'Vai receber mensagens de novo. Responda SAIR se quiser parar.'),
  ('pt', 'help', 'gsm7', ARRAY['AJUDA'], 'Responda SAIR se quiser parar de receber mensagens, ou START se quiser receber de novo.'),
  ('de', 'stop', 'gsm7', ARRAY['STOPP', 'ABMELDEN', 'ABBESTELLEN', 'BEENDEN'],
   'Sie bekommen keine Nachrichten mehr von dieser Nummer. Antworten Sie START, um sie wieder zu bekommen.'),
  ('de', 'start', 'gsm7', ARRAY['ANMELDEN'],
   'Sie bekommen wieder Nachrichten von dieser Nummer. Antworten Sie STOP, um sie nicht mehr zu bekommen.'),
  ('de', 'help', 'gsm7', ARRAY['HILFE'],
   'Antworten Sie STOP, um keine Nachrichten mehr von dieser Nummer zu bekommen, oder START, um sie wieder zu bekommen.'),
  ('it', 'stop', 'gsm7', ARRAY['FERMA', 'BASTA', 'DISISCRIVI'],
   'Non riceverà più messaggi da questo numero. Risponda START per riceverli di nuovo.'),
  ('it', 'start', 'gsm7', ARRAY['INIZIA', 'RIPRENDI'], 'Riceverà di nuovo messaggi da questo numero. Risponda STOP per non riceverne più.'),
  ('it', 'help', 'gsm7', ARRAY['AIUTO'], 'Risponda STOP per non ricevere più messaggi da questo numero, o START per riceverli di nuovo.'),
  ('hi', 'stop', 'ucs2', ARRAY['बंद', 'बन्द', 'बंद करो', 'बंद करें', 'रोकें', 'रोको', 'BAND KARO', 'ROKO'],
   'अब इस नंबर से संदेश नहीं आएंगे। फिर पाने के लिए START लिखें।'),
  ('hi', 'start', 'ucs2', ARRAY['शुरू', 'शुरू करो', 'शुरू करें', 'SHURU', 'SHURU KARO'],
   'इस नंबर से संदेश फिर आएंगे। रोकने के लिए STOP लिखें।'),
  ('hi', 'help', 'ucs2', ARRAY['मदद', 'सहायता', 'MADAD'], 'संदेश रोकने के लिए STOP, फिर पाने के लिए START लिखें।')
) AS a (language, kind, encoding, words, answer) CROSS JOIN LATERAL unnest(a.words) AS w (word)
-- Where one of them is everybody's already, it stays what it is.
ON CONFLICT DO NOTHING;

-- A database that was restored counts its transactions from an earlier number, and hands out again numbers that readers of events have seen.
-- So the numbers of events can be moved up: by nothing until then.
--
-- One row. What is in the database came from another one, or from another past of this one, where its identity is not the one that is noted.
CREATE TABLE event_era (
  -- Of the cluster, and of its history: a restore of a backup, and a standby that takes over, begin a new one.
  cluster    bigint  NOT NULL,
  history    text    NOT NULL,
  -- Of the last look, as the cluster itself counts.
  xid        xid8    NOT NULL,
  moved_by   bigint  NOT NULL DEFAULT 0,
  one        boolean PRIMARY KEY DEFAULT true,

  CONSTRAINT only_one_era CHECK (one)
);

CREATE FUNCTION history_of_database() RETURNS text
  LANGUAGE sql VOLATILE
  RETURN left(pg_walfile_name(pg_current_wal_insert_lsn()), 8);

INSERT INTO event_era (cluster, history, xid)
SELECT system_identifier, history_of_database(), pg_current_xact_id() FROM pg_control_system();

-- Puts everything to come behind every position that anybody may have, and lets all positions before it be answered with a gap. By the time,
-- because the database may have forgotten that it has moved before: a millisecond is worth more numbers than a cluster hands out in one. Waits for
-- those who are storing events, for half a second at the most.
CREATE FUNCTION begin_event_era() RETURNS bigint
  LANGUAGE plpgsql
  SET lock_timeout = '500ms' AS $$
DECLARE
  by_time constant bigint := (extract(epoch FROM clock_timestamp()) * 1000)::bigint << 18;
  step    constant bigint := 1::bigint << 44;
  moved   bigint;
BEGIN
  LOCK TABLE event IN ACCESS EXCLUSIVE MODE;
  UPDATE event_era SET moved_by = greatest(moved_by + step, by_time), cluster = (SELECT system_identifier FROM pg_control_system()),
                       history = history_of_database(), xid = pg_current_xact_id()
  RETURNING moved_by INTO moved;
  EXECUTE format('ALTER TABLE event ALTER xid SET DEFAULT ((pg_current_xact_id()::text::bigint + %s)::text)::xid8', moved);
  EXECUTE format('CREATE OR REPLACE FUNCTION event_horizon() RETURNS xid8 LANGUAGE sql STABLE PARALLEL SAFE
                  RETURN ((pg_snapshot_xmin(pg_current_snapshot())::text::bigint + %s)::text)::xid8', moved);
  UPDATE event_forgotten SET xid = moved::text::xid8, sequence = 0;
  RETURN moved;
END $$;

-- Answers whether the database was restored since the last look, in which case it has begun a new era.
CREATE FUNCTION keep_event_era() RETURNS boolean
  LANGUAGE plpgsql AS $$
DECLARE
  noted    event_era;
  restored boolean;
BEGIN
  SELECT * INTO STRICT noted FROM event_era FOR UPDATE;
  restored := noted.cluster <> (SELECT system_identifier FROM pg_control_system())
    OR noted.history <> history_of_database() OR noted.xid > pg_current_xact_id();
  IF restored THEN
    PERFORM begin_event_era();
  ELSE
    UPDATE event_era SET xid = pg_current_xact_id();
  END IF;
  RETURN restored;
END $$;

-- A time of another era is none of this one.
CREATE OR REPLACE FUNCTION listen_to_events(account bigint, at_least_until timestamptz) RETURNS xid8
  LANGUAGE sql AS $$
  INSERT INTO event_listening AS l (account_id, until, since) VALUES (account, at_least_until, event_horizon())
  ON CONFLICT (account_id) DO UPDATE
  SET until = greatest(l.until, excluded.until),
      since = CASE WHEN l.until > now() AND l.since <= excluded.since THEN l.since ELSE excluded.since END
  RETURNING since
$$;
