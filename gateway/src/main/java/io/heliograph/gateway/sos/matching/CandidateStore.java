package io.heliograph.gateway.sos.matching;

import io.heliograph.gateway.sos.donors.BloodGroup;
import io.heliograph.gateway.sos.places.Cities;
import io.heliograph.gateway.sos.requests.SosRequest;
import io.heliograph.gateway.sos.telling.Consent;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Finds the donors whom a request may ask, in the transaction that holds it. */
final class CandidateStore {
    /** Of those who get a message at once; a match that finds more says so, and the next one goes on. */
    private static final int DONORS_MAX = 10_000;
    /** Of one donor and request, the first among them. */
    private static final int ALERTS_MAX = 3;
    /** Whoever was asked a moment ago is left the time to answer: so a match that is repeated in haste asks nobody twice. */
    private static final int REALERT_MINUTES_MIN = 10;

    // Why somebody may not be asked, as Decide would say it of each of them, and AcceptStore of those who have said
    // STOP, to whichever of the account's numbers it was. Whoever chooses without asking this chooses the same people
    // each time. $1 is the account, $2 the category, $3 the purpose, $4 whether nobody is asked who has not said yes.
    private static final String REFUSAL = """
        WHEN (SELECT NOT p.enabled FROM preference p
              WHERE p.account_id = $1 AND p.user_id = u.id AND p.category = $2 AND p.channel = 'sms') THEN 'disabled_by_user'
        WHEN (SELECT NOT c.granted FROM consent_state c
              WHERE c.account_id = $1 AND c.user_id = u.id AND c.purpose = $3 AND c.channel = 'sms') THEN 'not_consented'
        WHEN $4
          AND (SELECT true FROM preference p
               WHERE p.account_id = $1 AND p.user_id = u.id AND p.category = $2 AND p.channel = 'sms') IS NULL
          AND (SELECT true FROM consent_state c
               WHERE c.account_id = $1 AND c.user_id = u.id AND c.purpose = $3 AND c.channel = 'sms') IS NULL THEN 'not_consented'
        WHEN u.phone IS NULL THEN 'no_address'
        WHEN EXISTS (SELECT FROM suppression s
                     WHERE s.person = u.phone AND s.account_id = $1 AND s.channel = 'sms' AND s.lifted_at IS NULL) THEN 'recipient_opted_out'
        """;

    // Those who may be asked, and of the others how many for which reason. A number that two donors have is asked once.
    private static final String CANDIDATES = """
        WITH looked AS MATERIALIZED (
          SELECT d.user_id, u.phone, CASE
            WHEN NOT d.available THEN 'unavailable'
            WHEN EXISTS (SELECT FROM sos_response r WHERE r.request_id = $5 AND r.donor_id = d.user_id)
              OR EXISTS (SELECT FROM sos_response r WHERE r.account_id = $1 AND r.phone = u.phone AND r.request_id = $5) THEN 'asked'
            {refusal}
            END AS reason
          FROM donor d JOIN app_user u ON u.account_id = d.account_id AND u.id = d.user_id
          WHERE d.account_id = $1 AND d.city_key = ANY ($6) AND d.blood_group = ANY ($7) AND d.user_id <> $8
        ), chosen AS (
          SELECT DISTINCT ON (phone) user_id FROM looked WHERE reason IS NULL ORDER BY phone, user_id LIMIT $9
        )
        SELECT user_id, NULL AS reason, NULL::int AS donors FROM chosen
        UNION ALL
        SELECT NULL, reason, count(*)::int FROM looked WHERE reason <> 'asked' GROUP BY reason""".replace("{refusal}", REFUSAL);

    private static final String ASKED = "SELECT count(*) AS donors FROM sos_response WHERE request_id = $1";

    // What has not left yet is not followed by another. Whoever has stopped giving, or being asked, is not asked again.
    private static final String UNANSWERED = """
        SELECT r.donor_id, r.id FROM sos_response r
        JOIN donor d ON d.account_id = r.account_id AND d.user_id = r.donor_id AND d.available AND d.blood_group = ANY ($6)
        JOIN app_user u ON u.account_id = d.account_id AND u.id = d.user_id
        LEFT JOIN message m ON m.id = r.message_id
        WHERE r.request_id = $5 AND r.answer IS NULL AND r.alerts < $7 AND r.alerted_at < now() - $8::int * interval '1 minute'
          AND coalesce(message_is_settled(m.status), true) AND CASE {refusal} END IS NULL
        ORDER BY r.donor_id LIMIT $9""".replace("{refusal}", REFUSAL);

    private CandidateStore() {}

    /**
     * Who may be asked, at most as many as one match asks, and how many were asked before.
     *
     * @param isMore whether there are more of them, whom the next match finds
     */
    record Found(List<Candidate> candidates, Tally skipped, int asked, boolean isMore) {}

    /** {@code cityKeys} are those in which to look. */
    static Future<Found> find(
            SqlClient client, SosRequest request, Consent consent, List<String> cityKeys, boolean realert) {
        return Cities.sameAs(client, request.accountId(), cityKeys).compose(keys -> {
            Future<RowSet<Row>> fresh = client.preparedQuery(CANDIDATES).execute(fresh(request, consent, keys));
            Future<List<Candidate>> again =
                    realert ? again(client, request, consent) : Future.succeededFuture(List.of());
            Future<Integer> asked = client.preparedQuery(ASKED)
                    .execute(Tuple.of(request.id()))
                    .map(rows -> rows.iterator().next().getInteger("donors"));
            return Future.join(fresh, again, asked).map(_ -> found(fresh.result(), again.result(), asked.result()));
        });
    }

    private static Found found(RowSet<Row> rows, List<Candidate> again, int asked) {
        List<Candidate> candidates = new ArrayList<>();
        Tally skipped = new Tally();
        for (Row row : rows) {
            if (row.getString("reason") == null) {
                candidates.add(new Candidate(row.getString("user_id"), null));
            } else {
                skipped.add(row.getString("reason"), row.getInteger("donors"));
            }
        }
        candidates.addAll(again);
        boolean isMore = candidates.size() > DONORS_MAX;
        return new Found(isMore ? candidates.subList(0, DONORS_MAX) : candidates, skipped, asked, isMore);
    }

    /** One more than are asked: whoever finds it knows that there are more. */
    private static Tuple fresh(SosRequest request, Consent consent, List<String> keys) {
        return where(request, consent)
                .addArrayOfString(keys.toArray(String[]::new))
                .addArrayOfString(groups(request))
                .addString(request.patient())
                .addInteger(DONORS_MAX + 1);
    }

    private static Future<List<Candidate>> again(SqlClient client, SosRequest request, Consent consent) {
        Tuple parameters = where(request, consent)
                .addArrayOfString(groups(request))
                .addShort((short) ALERTS_MAX)
                .addInteger(REALERT_MINUTES_MIN)
                .addInteger(DONORS_MAX + 1);
        Future<RowSet<Row>> rows = client.preparedQuery(UNANSWERED).execute(parameters);
        return rows.map(found -> StreamSupport.stream(found.spliterator(), false)
                .map(row -> new Candidate(row.getString("donor_id"), row.getUUID("id")))
                .toList());
    }

    private static Tuple where(SosRequest request, Consent consent) {
        return Tuple.of(
                request.accountId(), consent.category(), consent.purpose().word(), consent.needsYes(), request.id());
    }

    private static String[] groups(SosRequest request) {
        return request.group().canGetFrom().stream().map(BloodGroup::word).toArray(String[]::new);
    }
}
