package io.heliograph.gateway.notifications.verifications.issuing;

import io.heliograph.gateway.notifications.verifications.codes.CodeText;
import io.heliograph.gateway.notifications.verifications.codes.CodeText.Way;
import io.heliograph.gateway.notifications.verifications.codes.Verification;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.outbox.Topics;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores codes, as hashes, with their messages and promises: many in one statement, in whatever transaction the client is in. */
final class SendStore {
    private static final String SEND = """
        WITH item AS MATERIALIZED (
          SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bytea[],
                               $9::boolean[], $10::timestamptz[], $11::timestamptz[], $12::smallint[], $13::text[], $14::text[],
                               $15::text[], $16::smallint[], $17::text[], $18::timestamptz[], $19::text[], $20::text[], $21::text[],
                               $22::text[])
            AS i (id, message_id, account_id, recipient, channel, purpose, country, code_hash, is_new, expires_at, resend_at, code_length,
                  wording, body, content, segments, encoding, estimated_send_at, fallback, secret, topic, sender)
        ), begun AS (
          INSERT INTO verification (id, account_id, status, code_length, recipient, channel, purpose, country, code_hash, created_at,
                                    expires_at, resend_at, message_ids, wording, clear_at)
          SELECT id, account_id, 'pending', code_length, recipient, channel, purpose, country, code_hash, now(), expires_at, resend_at,
                 ARRAY[message_id], wording::jsonb, CASE WHEN fallback IS NOT NULL THEN expires_at END
          FROM item WHERE is_new
        ), again AS (
          UPDATE verification v
          SET code_hash = i.code_hash, previous_hash = v.code_hash, code_length = i.code_length, channel = i.channel, sends = v.sends + 1,
              resend_at = i.resend_at, message_ids = v.message_ids || i.message_id, wording = i.wording::jsonb,
              clear_at = CASE WHEN i.fallback IS NULL THEN v.clear_at ELSE v.expires_at END
          FROM item i
          -- It may have ended since it was read.
          WHERE v.id = ANY (ARRAY(SELECT id FROM item WHERE NOT is_new)) AND v.id = i.id AND v.status = 'pending'
          RETURNING v.id
        ), sent AS MATERIALIZED (
          SELECT * FROM item WHERE is_new OR id IN (SELECT id FROM again)
        ), stored AS (
          INSERT INTO message (id, account_id, status, channel, lane, recipient, sender, body, content, segments, encoding, created_at, expires_at,
                               on_unknown, estimated_send_at, fallback, notification_type, secret, redacted_at)
          SELECT message_id, account_id, 'queued', channel, 'critical', recipient, sender, body, content::jsonb, segments, encoding, now(),
                 expires_at, 'resend', estimated_send_at, fallback::jsonb, 'verification_code', secret, now()
          FROM sent
        ), promised AS (
          INSERT INTO outbox (message_id, topic, lane, account_id, due_at, created_at)
          SELECT message_id, topic, 'critical', account_id, now(), now() FROM sent
        )
        SELECT id FROM sent""";

    private SendStore() {}

    /** Which of them were stored, by their verifications: all but those that have ended meanwhile. */
    static Future<Set<UUID>> send(SqlClient client, List<Sending> sendings, Topics topics) {
        if (sendings.isEmpty()) {
            return Future.succeededFuture(Set.of());
        }
        return client.preparedQuery(SEND)
                .execute(addTexts(codes(sendings), sendings, topics))
                .map(rows -> {
                    Set<UUID> sent = HashSet.newHashSet(rows.size());
                    rows.forEach(row -> sent.add(row.getUUID("id")));
                    return sent;
                });
    }

    private static Tuple codes(List<Sending> sendings) {
        List<Verification> after = sendings.stream().map(Sending::after).toList();
        List<NewMessage> messages = sendings.stream().map(Sending::message).toList();
        return Tuple.tuple()
                .addArrayOfUUID(after.stream().map(Verification::id).toArray(UUID[]::new))
                .addArrayOfUUID(messages.stream().map(NewMessage::id).toArray(UUID[]::new))
                .addArrayOfLong(messages.stream().map(NewMessage::accountId).toArray(Long[]::new))
                .addArrayOfString(texts(messages, NewMessage::recipient))
                .addArrayOfString(texts(messages, message -> message.channel().word()))
                .addArrayOfString(texts(after, Verification::purpose))
                .addArrayOfString(texts(sendings, sending -> sending.issue().country()))
                .addArrayOfBuffer(sendings.stream().map(Sending::codeHash).toArray(Buffer[]::new))
                .addArrayOfBoolean(sendings.stream().map(Sending::isNew).toArray(Boolean[]::new))
                .addArrayOfOffsetDateTime(
                        after.stream().map(Verification::expiresAt).toArray(OffsetDateTime[]::new))
                .addArrayOfOffsetDateTime(
                        after.stream().map(Verification::resendAt).toArray(OffsetDateTime[]::new))
                .addArrayOfShort(sendings.stream()
                        .map(sending -> (short) sending.issue().code().length())
                        .toArray(Short[]::new))
                .addArrayOfString(
                        texts(sendings, sending -> wording(sending.issue()).encode()));
    }

    private static Tuple addTexts(Tuple codes, List<Sending> sendings, Topics topics) {
        List<NewMessage> messages = sendings.stream().map(Sending::message).toList();
        return codes.addArrayOfString(texts(messages, NewMessage::body))
                .addArrayOfString(texts(
                        messages,
                        message -> message.content() == null
                                ? null
                                : message.content().encode()))
                .addArrayOfShort(messages.stream()
                        .map(message -> (short) message.segments())
                        .toArray(Short[]::new))
                .addArrayOfString(texts(messages, NewMessage::encoding))
                .addArrayOfOffsetDateTime(
                        messages.stream().map(NewMessage::estimatedSendAt).toArray(OffsetDateTime[]::new))
                .addArrayOfString(texts(sendings, Sending::fallback))
                .addArrayOfString(texts(sendings, sending -> sending.issue().code()))
                .addArrayOfString(texts(messages, topics::of))
                .addArrayOfString(texts(messages, NewMessage::sender));
    }

    /** As VerificationFields reads it again when another message is to be written. */
    private static JsonObject wording(Issue issue) {
        CodeText text = issue.text();
        JsonObject json = new JsonObject().put("locale", text.wording().locale());
        if (issue.clientIp() != null) {
            json.put("client_ip", issue.clientIp());
        }
        if (text.wording().appName() != null) {
            json.put("app_name", text.wording().appName());
        }
        if (text.wording().webOtpDomain() != null) {
            json.put("web_otp_domain", text.wording().webOtpDomain());
        }
        if (text.wording().androidAppHash() != null) {
            json.put("android_app_hash", text.wording().androidAppHash());
        }
        if (text.ways().size() > 1) {
            JsonArray fallback = new JsonArray();
            for (Way way : text.ways().subList(1, text.ways().size())) {
                fallback.add(
                        new JsonObject().put("channel", way.channel().word()).put("to", way.to()));
            }
            json.put("fallback", fallback);
        }
        return json;
    }

    private static <T> String[] texts(List<T> items, Function<T, @Nullable String> text) {
        return items.stream().map(text).toArray(String[]::new);
    }
}
