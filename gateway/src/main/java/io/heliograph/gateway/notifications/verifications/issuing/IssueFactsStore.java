package io.heliograph.gateway.notifications.verifications.issuing;

import io.heliograph.gateway.notifications.verifications.codes.Verification;
import io.heliograph.gateway.notifications.verifications.issuing.Admission.Facts;
import io.heliograph.gateway.outbox.ErasedPersons;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is known of the recipients of codes: all of a group in one statement. */
final class IssueFactsStore {
    // After the numbers were counted, which locks them: nobody else begins a verification for one meanwhile. A message
    // that names no sender may come from any of them. Who was erased is refused by whichever way it would reach them.
    private static final String READ = """
        SELECT v.*, EXISTS (
                 SELECT FROM suppression s
                 WHERE s.person = a.recipient AND s.account_id = a.account_id AND s.channel = a.channel AND s.lifted_at IS NULL
               ) OR EXISTS (
                 SELECT FROM erased_person e WHERE e.hash = ANY (string_to_array(a.persons, ' '))
               ) AS opted_out,
               (SELECT told_at + interval '1 hour' FROM verification_alarm l
                WHERE l.account_id = a.account_id AND l.country = a.country AND l.told_at > now() - interval '1 hour') AS blocked_until
        FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) WITH ORDINALITY
          AS a (account_id, recipient, purpose, channel, country, persons, place)
        LEFT JOIN LATERAL (
          SELECT * FROM verification v
          WHERE v.account_id = a.account_id AND v.recipient = a.recipient
            AND v.purpose = a.purpose AND v.status = 'pending' AND v.expires_at > now()
          ORDER BY v.id DESC LIMIT 1
        ) v ON true
        ORDER BY a.place""";

    private IssueFactsStore() {}

    /** In the order of the issues. */
    static Future<List<Facts>> read(SqlClient client, List<Issue> issues, ErasedPersons erased) {
        Tuple parameters = Tuple.tuple()
                .addArrayOfLong(issues.stream().map(Issue::accountId).toArray(Long[]::new))
                .addArrayOfString(texts(issues, Issue::recipient))
                .addArrayOfString(texts(issues, Issue::purpose))
                .addArrayOfString(
                        texts(issues, issue -> issue.text().first().channel().word()))
                .addArrayOfString(texts(issues, Issue::country))
                .addArrayOfString(texts(issues, issue -> erased.hashes(issue.accountId(), issue.addresses())));
        return client.preparedQuery(READ).execute(parameters).map(rows -> {
            List<Facts> facts = new ArrayList<>(rows.size());
            rows.forEach(row -> facts.add(facts(row)));
            return facts;
        });
    }

    private static Facts facts(Row row) {
        return new Facts(
                row.getUUID("id") == null ? null : Verification.of(row),
                row.getBoolean("opted_out"),
                row.getOffsetDateTime("blocked_until"));
    }

    private static String[] texts(List<Issue> issues, Function<Issue, @Nullable String> text) {
        return issues.stream().map(text).toArray(String[]::new);
    }
}
