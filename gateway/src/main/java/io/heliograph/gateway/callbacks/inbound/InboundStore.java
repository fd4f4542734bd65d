package io.heliograph.gateway.callbacks.inbound;

import io.heliograph.gateway.callbacks.keywords.Keywords;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Stores people's messages, does what their keywords say, and promises the answers, also those that are still to be found, in one statement. */
final class InboundStore {
    private static final String STORE_AND_OBEY = """
        WITH incoming AS MATERIALIZED (
          SELECT DISTINCT ON (i.dedupe_key) i.*
          FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                      $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::boolean[]) WITH ORDINALITY
            AS i(id, provider, channel, person, number, body, media, provider_message_id, dedupe_key, fields, keyword, told_word,
                 owner, topic, provider_answers, place)
          ORDER BY i.dedupe_key, i.place
        ), conversation AS MATERIALIZED (
          SELECT i.id, c.account_id, c.message_id
          FROM incoming i
          CROSS JOIN LATERAL conversations(i.person, i.channel, i.number, nullif(i.topic, i.channel), 200) c
        ), found AS MATERIALIZED (
          SELECT i.*, last.message_id AS in_reply_to,
                 CASE WHEN i.owner IS NOT NULL THEN owner.id
                 ELSE coalesce(last.account_id, silenced.account_id,
                               -- The only account that there is.
                               (SELECT max(id) FROM (SELECT id FROM account ORDER BY id LIMIT 2) a HAVING count(*) = 1))
                 END AS account_id
          FROM incoming i
          LEFT JOIN account owner ON owner.name = i.owner
          LEFT JOIN LATERAL (
            SELECT c.account_id, c.message_id FROM conversation c
            WHERE c.id = i.id AND (i.owner IS NULL OR c.account_id = owner.id)
            ORDER BY c.message_id DESC LIMIT 1
          ) last ON true
          -- Whoever was told to stop has not written since, and is whom the person lets write again.
          LEFT JOIN LATERAL (
            SELECT coalesce(m.account_id, s.account_id) AS account_id
            FROM suppression s LEFT JOIN inbound_message m ON m.id = s.inbound_id
            WHERE s.person = i.person AND s.channel = i.channel AND s.sender = i.number AND s.changed_by = 'keyword'
              AND s.lifted_at IS NULL
            ORDER BY s.since DESC, s.account_id LIMIT 1
          ) silenced ON true
        ), meant AS MATERIALIZED (
          SELECT f.*, coalesce(f.told_word, k.kind) AS word, a.answer, a.answer_segments, a.answer_encoding,
                 f.told_word IS NOT NULL OR k.providers_answer AS provider_knows
          FROM found f
          -- Everybody's words come first, with account 0; a customer's own answers come before everybody's.
          LEFT JOIN LATERAL (SELECT kind, providers_answer FROM keyword w
                             WHERE compared = keyword_as_compared(f.keyword) AND account_id IN (0, f.account_id)
                               -- What means something else to whatever the number talks: decision 33.
                               AND NOT EXISTS (
                                 SELECT FROM dialog_line l JOIN dialog_word o ON o.dialog = l.dialog
                                 WHERE l.channel = f.channel AND l.number = f.number AND l.account_id = f.account_id
                                   AND o.compared = w.compared)
                             ORDER BY account_id LIMIT 1) k ON true
          LEFT JOIN LATERAL (SELECT answer, answer_segments, answer_encoding FROM keyword
                             WHERE compared = keyword_as_compared(f.keyword) AND account_id IN (0, f.account_id)
                               AND kind = coalesce(f.told_word, k.kind)
                             ORDER BY account_id DESC LIMIT 1) a ON true
        ), stored AS (
          INSERT INTO inbound_message (id, received_at, account_id, provider, channel, sender, recipient, body, media,
                                       provider_message_id, dedupe_key, word, in_reply_to, fields)
          SELECT id, now(), account_id, provider, channel, person, number, body, media::jsonb, provider_message_id, dedupe_key,
                 word, in_reply_to, fields::jsonb
          FROM meant
          -- In one order everywhere, so that two gateways that store the same messages wait in one direction.
          ORDER BY dedupe_key
          ON CONFLICT ON CONSTRAINT inbound_is_stored_once DO NOTHING
          RETURNING id
        ), fresh AS MATERIALIZED (
          SELECT m.* FROM meant m JOIN stored USING (id)
        ), last_word AS MATERIALIZED (
          -- Of several in one conversation that came in this moment, the last one has the word.
          SELECT DISTINCT ON (channel, person, number) *
          FROM fresh WHERE account_id IS NOT NULL AND word IN ('stop', 'start')
          ORDER BY channel, person, number, place DESC
        ), concerned AS MATERIALIZED (
          -- Not only whose the message is: to the person it was one number that wrote.
          SELECT id, account_id FROM last_word
          UNION
          SELECT id, c.account_id FROM last_word JOIN conversation c USING (id)
        ), stopped AS (
          INSERT INTO suppression AS s (account_id, channel, person, sender, changed_by, word, inbound_id)
          SELECT c.account_id, w.channel, w.person, w.number, 'keyword', coalesce(w.keyword, upper(w.word)), w.id
          FROM last_word w JOIN concerned c USING (id) WHERE w.word = 'stop'
          ORDER BY c.account_id, w.channel, w.person, w.number
          ON CONFLICT (account_id, channel, person, sender) DO UPDATE
          SET since = now(), lifted_at = NULL, changed_by = 'keyword', word = excluded.word, inbound_id = excluded.inbound_id,
              message_id = NULL, source = NULL, proof = NULL
          WHERE s.lifted_at IS NOT NULL
          RETURNING inbound_id
        ), started AS (
          UPDATE suppression s
          SET lifted_at = now(), changed_by = 'keyword', word = coalesce(w.keyword, upper(w.word)), inbound_id = w.id,
              message_id = NULL, source = NULL, proof = NULL
          FROM last_word w
          -- What an account itself has closed stays closed. A provider that refused did not say for which number.
          WHERE w.word = 'start' AND s.lifted_at IS NULL AND s.changed_by <> 'account'
            AND s.channel = w.channel AND s.person = w.person
            AND (s.sender = w.number
              OR s.sender = '' AND s.changed_by = 'provider'
                AND EXISTS (SELECT FROM concerned c WHERE c.id = w.id AND c.account_id = s.account_id))
          RETURNING s.inbound_id
        ), changed AS MATERIALIZED (
          SELECT inbound_id FROM stopped UNION SELECT inbound_id FROM started
        ), to_answer AS MATERIALIZED (
          SELECT f.*
          FROM fresh f
          -- Its answers are to the words that everybody has, and to what it has told us: an account's own are none to it.
          WHERE NOT (f.provider_answers AND f.provider_knows) AND f.account_id IS NOT NULL AND f.answer <> ''
            AND (f.id IN (SELECT inbound_id FROM changed)
              OR f.word = 'help' AND NOT EXISTS (
                SELECT FROM fresh later
                WHERE later.word = 'help' AND later.channel = f.channel AND later.person = f.person AND later.number = f.number
                  AND later.place > f.place))
            -- Whoever, or whatever, sends so many keywords within the hour is obeyed, and not answered any more.
            AND (SELECT count(*) FROM (
                   SELECT FROM inbound_message r
                   WHERE r.recipient = f.number AND r.sender = f.person AND r.word IS NOT NULL
                     AND r.id >= uuid_v7_floor(now() - interval '1 hour')
                   LIMIT 10) recent) < 10
        ), answered AS (
          INSERT INTO message (id, account_id, status, channel, lane, on_unknown, segments, encoding, created_at, expires_at,
                               recipient, sender, body, answers)
          SELECT uuid_v7_now(), account_id, 'queued', channel, 'normal', 'fail', answer_segments, answer_encoding, now(),
                 now() + interval '4 hours', person, number, answer, id
          FROM to_answer
          RETURNING id, account_id, lane, answers
        ), promised AS (
          INSERT INTO outbox (message_id, topic, lane, account_id, due_at, created_at)
          SELECT a.id, t.topic, a.lane, a.account_id, now(), now()
          FROM answered a JOIN to_answer t ON t.id = a.answers
        ), for_sos AS MATERIALIZED (
          -- Whoever was asked for blood: what begins with an answer, or anything where nothing else talks with them; and whoever answers with
          -- a token, which may be a wrong one. A bare YES is a keyword, and an answer all the same.
          SELECT f.id FROM fresh f
          WHERE f.channel = 'sms' AND (f.word IS NULL OR f.word = 'start' AND f.keyword = 'YES')
            AND (left(f.body, 200) ~* '^[^[:alnum:]]*(yes|y|no|n|share|haan|han|nahi|nahin|हाँ|हां|नहीं)([^[:alnum:]]|$)'
                 AND EXISTS (SELECT FROM sos_response r JOIN sos_request q ON q.id = r.request_id
                             WHERE r.account_id = f.account_id AND r.phone = f.person
                               AND r.id >= uuid_v7_floor(now() - interval '60 days')
                               AND (q.status = 'open' AND q.token_expires_at > now() - interval '7 days'
                                 OR q.ended_at > now() - interval '7 days'))
              OR f.word IS NULL
                 AND NOT EXISTS (SELECT FROM dialog_line l
                                 WHERE l.channel = f.channel AND l.number = f.number AND l.account_id = f.account_id)
                 AND EXISTS (SELECT FROM sos_response r JOIN sos_request q ON q.id = r.request_id
                             WHERE r.account_id = f.account_id AND r.phone = f.person AND r.answer IS NULL AND q.status = 'open'
                               AND r.id >= uuid_v7_floor(now() - interval '60 days') AND q.token_expires_at > now())
              OR f.word IS NULL
                 AND f.keyword ~ '^(SHARE|(YES|NO|SHARE)( SHARE)?[^[:alnum:]]+[CDFHJKMNPRTVWXY34679]{5}( SHARE)?)$'
                 AND EXISTS (SELECT FROM sos_request q WHERE q.account_id = f.account_id))
        ), turned AS (
          INSERT INTO inbound_turn (inbound_id, account_id, channel, number, person, dialog, topic)
          SELECT f.id, f.account_id, f.channel, f.number, f.person, coalesce(s.dialog, l.dialog), f.topic
          FROM fresh f
          LEFT JOIN (SELECT id, 'sos' AS dialog FROM for_sos) s ON s.id = f.id
          LEFT JOIN dialog_line l ON l.channel = f.channel AND l.number = f.number AND l.account_id = f.account_id
          -- What any other keyword means has been done, and answered. Whoever lets us write again has come to talk.
          WHERE (s.dialog IS NOT NULL OR (f.word IS NULL OR f.word = 'start') AND l.dialog IS NOT NULL)
            -- Whoever, or whatever, writes faster than it is answered is not answered for a while.
            AND (SELECT count(*) FROM (
                   SELECT FROM inbound_turn w
                   WHERE w.person = f.person AND w.number = f.number AND w.channel = f.channel AND w.account_id = f.account_id
                   LIMIT 20) waiting) < 20
          ORDER BY f.place
          RETURNING inbound_id
        ), told AS (
          INSERT INTO event (id, account_id, type, occurred_at, data)
          SELECT uuid_v7_now(), f.account_id, 'inbound.received', now(),
                 jsonb_strip_nulls(jsonb_build_object(
                   'id', f.id, 'channel', f.channel, 'from', f.person, 'to', f.number, 'text', f.body, 'media', f.media::jsonb,
                   'keyword', f.word, 'in_reply_to', f.in_reply_to, 'provider', f.provider,
                   'provider_message_id', f.provider_message_id))
          FROM fresh f JOIN event_listening l ON l.account_id = f.account_id AND l.until > now()
          ORDER BY f.place
        )
        SELECT f.dedupe_key, f.account_id IS NULL AS nobodys, f.word, f.id IN (SELECT inbound_id FROM changed) AS changed,
               f.id IN (SELECT answers FROM answered) AS answered,
               f.id IN (SELECT inbound_id FROM turned) AS turned
        FROM fresh f""";

    private InboundStore() {}

    /** What became of one message. */
    sealed interface Stored {
        /**
         * Stored now.
         *
         * @param nobodys whether no account could be told to be meant
         * @param word what it means as a keyword; null when it is none
         * @param changed whether it changed the person's consent
         * @param turned whether something of ours is to answer it
         */
        record New(boolean nobodys, @Nullable String word, boolean changed, boolean answered, boolean turned)
                implements Stored {}

        /** Known already; nothing was done. */
        record Duplicate() implements Stored {}
    }

    /** One answer for each message, in their order. */
    static Future<List<Stored>> storeAndObey(SqlClient client, List<Arrival> arrivals) {
        return client.preparedQuery(STORE_AND_OBEY)
                .execute(parameters(arrivals))
                .map(rows -> outcomes(arrivals, rows));
    }

    private static List<Stored> outcomes(List<Arrival> arrivals, RowSet<Row> rows) {
        Map<String, Stored> stored = HashMap.newHashMap(rows.size());
        rows.forEach(row -> stored.put(
                row.getString("dedupe_key"),
                new Stored.New(
                        row.getBoolean("nobodys"),
                        row.getString("word"),
                        row.getBoolean("changed"),
                        row.getBoolean("answered"),
                        row.getBoolean("turned"))));
        return arrivals.stream()
                // Of two with one key in a group, the second is a duplicate.
                .map(arrival -> stored.remove(arrival.message().dedupeKey()))
                .map(outcome -> outcome == null ? new Stored.Duplicate() : outcome)
                .toList();
    }

    private static Tuple parameters(List<Arrival> arrivals) {
        List<InboundMessage> messages = arrivals.stream().map(Arrival::message).toList();
        List<OwnNumber> numbers = arrivals.stream().map(Arrival::to).toList();
        return Tuple.tuple()
                .addArrayOfUUID(messages.stream().map(InboundMessage::id).toArray(UUID[]::new))
                .addArrayOfString(texts(messages, InboundMessage::provider))
                .addArrayOfString(texts(messages, message -> message.channel().word()))
                .addArrayOfString(texts(messages, InboundMessage::person))
                .addArrayOfString(texts(messages, InboundMessage::number))
                .addArrayOfString(texts(messages, InboundMessage::body))
                .addArrayOfString(texts(messages, InboundMessage::mediaText))
                .addArrayOfString(texts(messages, InboundMessage::providerMessageId))
                .addArrayOfString(texts(messages, InboundMessage::dedupeKey))
                .addArrayOfString(texts(messages, message -> message.fields().encode()))
                .addArrayOfString(texts(messages, message -> Keywords.normal(message.body())))
                .addArrayOfString(texts(messages, InboundMessage::toldWord))
                .addArrayOfString(texts(numbers, OwnNumber::owner))
                .addArrayOfString(texts(numbers, OwnNumber::topic))
                .addArrayOfBoolean(column(arrivals, Boolean[]::new, Arrival::isAnsweredByProvider));
    }

    private static <S> String[] texts(List<S> rows, Function<S, @Nullable String> value) {
        return column(rows, String[]::new, value);
    }

    private static <S, T> T[] column(List<S> rows, IntFunction<T[]> array, Function<S, @Nullable T> value) {
        T[] column = array.apply(rows.size());
        IntStream.range(0, column.length).forEach(i -> column[i] = value.apply(rows.get(i)));
        return column;
    }
}
