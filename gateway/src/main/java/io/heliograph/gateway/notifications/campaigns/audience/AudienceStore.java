package io.heliograph.gateway.notifications.campaigns.audience;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.notifications.campaigns.Campaign;
import io.heliograph.gateway.notifications.campaigns.CampaignStatus.Action;
import io.heliograph.gateway.notifications.campaigns.CampaignStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Audiences as they arrive, and as they are shown. */
final class AudienceStore {
    private static final String BEGIN = """
        INSERT INTO campaign_audience (id, account_id, campaign_id, state) VALUES ($1, $2, $3, 'uploading')""";

    // Nothing is added to what was given up meanwhile: nobody would find it. Whoever has the number or address of a
    // user is that user. Of several lines about one person the first counts.
    private static final String ADD = """
        WITH uploading AS MATERIALIZED (
          SELECT id FROM campaign_audience WHERE id = $1 AND state = 'uploading' FOR NO KEY UPDATE
        ), line AS MATERIALIZED (
          SELECT l.n, l.address, l.locale, l.data,
                 coalesce(l.user_id, CASE WHEN $8::boolean
                   THEN (SELECT u.id FROM app_user u WHERE u.account_id = $2 AND u.phone = l.address ORDER BY u.id LIMIT 1)
                   ELSE (SELECT u.id FROM app_user u WHERE u.account_id = $2 AND u.email = l.address ORDER BY u.id LIMIT 1)
                 END) AS user_id
          FROM uploading CROSS JOIN unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[]) AS l (n, user_id, address, locale, data)
        ), added AS (
          INSERT INTO campaign_recipient (audience_id, n, account_id, person, user_id, address, locale, data)
          SELECT $1::uuid, n, $2::bigint, CASE WHEN user_id IS NULL THEN address ELSE 'user ' || user_id END, user_id, address, locale, data::jsonb
          FROM line ORDER BY n
          ON CONFLICT DO NOTHING
          RETURNING n
        ), told AS (
          INSERT INTO campaign_broken_row (audience_id, line, field, code, detail)
          SELECT u.id, b.* FROM uploading u CROSS JOIN unnest($9::int[], $10::text[], $11::text[], $12::text[]) AS b ON CONFLICT DO NOTHING
        )
        UPDATE campaign_audience
        SET rows = rows + cardinality($3) + $13::int,
            persons = persons + (SELECT count(*) FROM added),
            duplicates = duplicates + cardinality($3) - (SELECT count(*) FROM added),
            broken = broken + $13::int, touched_at = now()
        WHERE id IN (SELECT id FROM uploading)""";

    private static final String FINISH = """
        WITH done AS (
          UPDATE campaign_audience SET state = CASE WHEN broken > 0 THEN 'unconfirmed' ELSE 'ready' END WHERE id = $2 AND state = 'uploading'
          RETURNING *
        ), replaced AS (
          UPDATE campaign_audience SET state = 'dropped'
          WHERE id = (SELECT audience_id FROM campaign WHERE id = $1)
        )
        UPDATE campaign c SET audience_id = done.id, audience = done.persons, last_row = done.rows
        FROM done WHERE c.id = $1
        RETURNING done.*""";

    private static final String DROP =
            "UPDATE campaign_audience SET state = 'dropped' WHERE id = $1 AND state = 'uploading'";

    private static final String REMOVE = """
        WITH dropped AS (UPDATE campaign_audience SET state = 'dropped' WHERE id = $2)
        UPDATE campaign SET audience_id = NULL, audience = 0, last_row = 0 WHERE id = $1""";

    private static final String SHOW = "SELECT * FROM campaign_audience WHERE id = $1";

    private static final String BROKEN = """
        SELECT line, field, code, detail FROM campaign_broken_row WHERE audience_id = $1 AND line > $2 ORDER BY line LIMIT $3""";

    /** {@code untold}: broken lines of which only the number is kept. */
    record Batch(List<AudienceRow.Person> persons, List<AudienceRow.Broken> broken, int untold) {}

    private final Pool pool;

    AudienceStore(Pool pool) {
        this.pool = pool;
    }

    Future<Campaign> campaign(UUID id, long accountId) {
        return CampaignStore.find(pool, id, accountId).map(Campaign::of);
    }

    Future<Void> begin(UUID audienceId, Campaign campaign) {
        return pool.preparedQuery(BEGIN)
                .execute(Tuple.of(audienceId, campaign.accountId(), campaign.id()))
                .mapEmpty();
    }

    Future<Void> add(UUID audienceId, Campaign campaign, Batch batch) {
        List<AudienceRow.Person> persons = batch.persons();
        List<AudienceRow.Broken> broken = batch.broken();
        Tuple parameters = Tuple.of(audienceId, campaign.accountId())
                .addArrayOfInteger(column(persons, Integer[]::new, AudienceRow.Person::n))
                .addArrayOfString(column(persons, String[]::new, AudienceRow.Person::user))
                .addArrayOfString(column(persons, String[]::new, AudienceRow.Person::address))
                .addArrayOfString(column(persons, String[]::new, AudienceRow.Person::locale))
                .addArrayOfString(column(persons, String[]::new, person -> encode(person.data())))
                .addBoolean(campaign.wish().channel().goesToNumber())
                .addArrayOfInteger(column(broken, Integer[]::new, row -> (int) row.line()))
                .addArrayOfString(column(broken, String[]::new, AudienceRow.Broken::field))
                .addArrayOfString(
                        column(broken, String[]::new, row -> row.code().word()))
                .addArrayOfString(column(broken, String[]::new, AudienceRow.Broken::detail))
                .addInteger(broken.size() + batch.untold());
        return pool.preparedQuery(ADD)
                .execute(parameters)
                .map(AudienceStore::requireUploading)
                .mapEmpty();
    }

    /** From here on it is in force, and no other is. */
    Future<Row> finish(UUID audienceId, Campaign began) {
        return pool.withTransaction(connection -> CampaignStore.hold(connection, began.id(), began.accountId())
                .compose(campaign -> {
                    campaign.status().require(Action.CHANGE);
                    if (!campaign.updatedAt().equals(began.updatedAt())) {
                        throw Problem.of(
                                        ProblemCode.CAMPAIGN_STATE,
                                        "The campaign was changed while its audience arrived. Upload it again.")
                                .exception();
                    }
                    return connection.preparedQuery(FINISH).execute(Tuple.of(began.id(), audienceId));
                })
                .map(rows -> requireUploading(rows).iterator().next()));
    }

    /** An upload that was not heard of for minutes was given up. */
    private static RowSet<Row> requireUploading(RowSet<Row> updated) {
        if (updated.rowCount() == 0) {
            throw Problem.of(
                            ProblemCode.BODY_TOO_SLOW,
                            "The audience took too long to arrive; nothing of it is in force. Upload it again.")
                    .exception();
        }
        return updated;
    }

    Future<Void> drop(UUID audienceId) {
        return pool.preparedQuery(DROP).execute(Tuple.of(audienceId)).mapEmpty();
    }

    Future<Void> remove(UUID id, long accountId) {
        return pool.withTransaction(connection -> CampaignStore.hold(connection, id, accountId)
                .compose(campaign -> {
                    campaign.status().require(Action.CHANGE);
                    return connection.preparedQuery(REMOVE).execute(Tuple.of(id, campaign.audienceId()));
                })
                .mapEmpty());
    }

    Future<@Nullable Row> show(UUID audienceId) {
        return pool.preparedQuery(SHOW)
                .execute(Tuple.of(audienceId))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next());
    }

    Future<List<Row>> broken(UUID audienceId, int afterLine, int limit) {
        Future<RowSet<Row>> rows = pool.preparedQuery(BROKEN).execute(Tuple.of(audienceId, afterLine, limit));
        return rows.map(
                found -> StreamSupport.stream(found.spliterator(), false).toList());
    }

    private static <R, T> T[] column(List<R> rows, IntFunction<T[]> array, Function<R, @Nullable T> value) {
        return rows.stream().map(value).toArray(array);
    }

    private static @Nullable String encode(@Nullable JsonObject data) {
        return data == null ? null : data.encode();
    }
}
