package io.heliograph.gateway.sos.replies;

import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.deciding.FactsStore;
import io.heliograph.gateway.notifications.deciding.FactsStore.UserKey;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import io.heliograph.gateway.outbox.AcceptStore;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.heliograph.gateway.outbox.NewMessage;
import io.heliograph.gateway.outbox.Topics;
import io.heliograph.gateway.sos.requests.RequestStatus;
import io.heliograph.gateway.sos.requests.SosRequest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What a donor's word reads and writes, in a transaction that holds the request. */
final class AnswerStore {
    /** More requests than anybody is asked for at once. */
    private static final int ASKED_MAX = 50;
    /** Whoever writes more than that within an hour is heeded, and answered no more. */
    private static final int MESSAGES_ANSWERED_PER_HOUR_MAX = 20;

    private static final String ASKED = """
        SELECT r.id, r.request_id, q.status, q.token, q.token_expires_at, r.shared
        FROM sos_response r JOIN sos_request q ON q.id = r.request_id
        WHERE r.account_id = $1 AND r.phone = $2 AND r.id >= uuid_v7_floor(now() - interval '60 days')
        ORDER BY r.id DESC LIMIT $3""";

    private static final String PERSON = """
        SELECT (SELECT locale FROM app_user WHERE account_id = $1 AND phone = $2 ORDER BY updated_at DESC LIMIT 1) AS locale,
               (SELECT count(*) FROM (
                  SELECT FROM inbound_message i
                  WHERE i.account_id = $1 AND i.sender = $2 AND i.id >= uuid_v7_floor(now() - interval '1 hour') LIMIT $3) recent) AS written""";

    private static final String HOLD = """
        SELECT r.*, d.name FROM sos_response r
        LEFT JOIN donor d ON d.account_id = r.account_id AND d.user_id = r.donor_id
        WHERE r.id = $1 AND r.account_id = $2 FOR NO KEY UPDATE OF r""";

    // Of an erased donor nothing can be told any more.
    private static final String REQUEST_OF =
            "SELECT request_id FROM sos_response WHERE id = $1 AND account_id = $2 AND phone <> ''";

    private static final String ANSWER = """
        UPDATE sos_response
        SET answer = $2, answered_by = $3, answered_at = now(), shared = $4,
            shared_at = CASE WHEN $4 THEN coalesce(shared_at, now()) END,
            first_yes_at = CASE WHEN $2 = 'yes' THEN coalesce(first_yes_at, now()) ELSE first_yes_at END,
            reveals = reveals + CASE WHEN $5 THEN 1 ELSE 0 END
        WHERE id = $1""";

    private static final String SHARED = """
        SELECT count(*) AS donors FROM sos_response r
        WHERE r.request_id = $1 AND r.shared
          AND EXISTS (SELECT FROM sos_reveal v WHERE v.request_id = $1 AND v.response_id = r.id)""";

    private static final String MOVE = """
        UPDATE sos_request
        SET status = $2, ended_at = CASE WHEN $2 <> 'open' THEN now() END, winding = $2 <> 'open', updated_at = now()
        WHERE id = $1""";

    // Only the claim puts the two together: whoever else reads the message reads no name and no number.
    private static final String HIDE = """
        UPDATE message
        SET body = replace(body, $2, repeat('*', length($2))), content = replace(content::text, $2, repeat('*', length($2)))::jsonb,
            secret = $2, redacted_at = now()
        WHERE id = $1""";

    private static final String NOTE = """
        INSERT INTO sos_reveal (id, account_id, request_id, response_id, donor_id, patient_id, way, message_id, revealed_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""";

    private final Topics topics;
    private final ErasedPersons erased;

    AnswerStore(Topics topics, ErasedPersons erased) {
        this.topics = topics;
        this.erased = erased;
    }

    /** What a number was asked for, the latest first. */
    Future<List<Asked>> asked(SqlClient client, long accountId, String phone) {
        Future<RowSet<Row>> rows = client.preparedQuery(ASKED).execute(Tuple.of(accountId, phone, ASKED_MAX));
        return rows.map(found -> StreamSupport.stream(found.spliterator(), false)
                .map(row -> new Asked(
                        row.getUUID("id"),
                        row.getUUID("request_id"),
                        RequestStatus.of(row.getString("status")),
                        row.getString("token"),
                        row.getOffsetDateTime("token_expires_at"),
                        row.getBoolean("shared")))
                .toList());
    }

    /**
     * Whoever writes from a number.
     *
     * @param locale null where nobody knows
     * @param written how many messages within the hour, this one among them
     */
    record Person(@Nullable String locale, int written) {
        boolean isAnswered() {
            return written <= MESSAGES_ANSWERED_PER_HOUR_MAX;
        }
    }

    Future<Person> person(SqlClient client, long accountId, String phone) {
        return client.preparedQuery(PERSON)
                .execute(Tuple.of(accountId, phone, MESSAGES_ANSWERED_PER_HOUR_MAX + 1))
                .map(rows -> rows.iterator().next())
                .map(row -> new Person(row.getString("locale"), row.getInteger("written")));
    }

    /** Null when there is no such response. */
    Future<@Nullable UUID> requestOf(SqlClient client, UUID response, long accountId) {
        return client.preparedQuery(REQUEST_OF)
                .execute(Tuple.of(response, accountId))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getUUID("request_id"));
    }

    /** After its request was. */
    Future<Response> hold(SqlClient client, UUID response, long accountId) {
        return client.preparedQuery(HOLD)
                .execute(Tuple.of(response, accountId))
                .map(rows -> Response.of(rows.iterator().next()));
    }

    Future<Void> answer(SqlClient client, Response response, Step step, String by) {
        return client.preparedQuery(ANSWER)
                .execute(Tuple.of(response.id(), step.isYes() ? "yes" : "no", by, step.shared(), step.reveals()))
                .mapEmpty();
    }

    /** How many donors the patient knows of. */
    Future<Integer> shared(SqlClient client, UUID request) {
        return client.preparedQuery(SHARED)
                .execute(Tuple.of(request))
                .map(rows -> rows.iterator().next().getInteger("donors"));
    }

    Future<Void> move(SqlClient client, UUID request, RequestStatus to) {
        return client.preparedQuery(MOVE).execute(Tuple.of(request, to.word())).mapEmpty();
    }

    /** Null for a patient who is no user any more. */
    Future<@Nullable UserFacts> patient(SqlClient client, SosRequest request) {
        UserKey key = new UserKey(request.accountId(), request.patient());
        return new FactsStore(client)
                .read(Map.of(key, Set.of(NotificationChannel.SMS)))
                .map(facts -> facts.get(key));
    }

    /** Answers whether it was: not if its recipient has opted out. */
    Future<Boolean> tell(SqlClient client, NewMessage message) {
        return AcceptStore.tell(client, List.of(message), topics, erased)
                .map(stored -> stored.containsKey(message.id()));
    }

    /** In a message that was stored in this transaction. */
    Future<Void> hide(SqlClient client, UUID message, String secret) {
        return client.preparedQuery(HIDE).execute(Tuple.of(message, secret)).mapEmpty();
    }

    Future<Void> note(SqlClient client, Reveal reveal) {
        Response response = reveal.response();
        return client.preparedQuery(NOTE)
                .execute(Tuple.of(reveal.id(), response.accountId(), response.request(), response.id())
                        .addString(response.donor())
                        .addString(reveal.patient())
                        .addString(reveal.message() == null ? "api" : "message")
                        .addUUID(reveal.message())
                        .addBuffer(reveal.keyHash()))
                .mapEmpty();
    }
}
