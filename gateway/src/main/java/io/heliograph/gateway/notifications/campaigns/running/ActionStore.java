package io.heliograph.gateway.notifications.campaigns.running;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.notifications.campaigns.Campaign;
import io.heliograph.gateway.notifications.campaigns.CampaignStatus;
import io.heliograph.gateway.notifications.campaigns.CampaignStatus.Action;
import io.heliograph.gateway.notifications.campaigns.CampaignStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.BiFunction;

/** Moves campaigns from one state to the next. Whoever moves one holds its row. */
final class ActionStore {
    private static final String STATE = "SELECT state FROM campaign_audience WHERE id = $1";

    private static final String CONFIRM = """
        UPDATE campaign_audience SET state = 'ready' WHERE id = $1 AND state = 'unconfirmed'""";

    private static final String LAUNCH = """
        UPDATE campaign
        SET status = CASE WHEN send_at > $2 THEN 'scheduled' ELSE 'running' END, at_work = true, launched_at = $2,
            next_slot_at = now(), updated_at = clock_timestamp()
        WHERE id = $1""";

    // A gateway looks for them; who becomes a user later is none of its business.
    private static final String LAUNCH_SEARCH = """
        WITH made AS (
          INSERT INTO campaign_audience (id, account_id, campaign_id, state)
          SELECT $3::uuid, account_id, id, 'ready' FROM campaign WHERE id = $1
        )
        UPDATE campaign
        SET status = CASE WHEN send_at > $2 THEN 'scheduled' ELSE 'running' END, at_work = true, launched_at = $2,
            next_slot_at = now(), updated_at = clock_timestamp(), audience_id = $3, counting = '{}'
        WHERE id = $1""";

    private static final String MOVE = """
        UPDATE campaign
        SET status = $2::text, at_work = true, updated_at = clock_timestamp(), next_slot_at = greatest(next_slot_at, now()),
            ended_at = CASE WHEN $2::text = 'canceled' THEN now() END
        WHERE id = $1""";

    // Begins as it was: its time may not have come.
    private static final String RESUME = """
        UPDATE campaign
        SET status = CASE WHEN given_out = 0 AND send_at > now() THEN 'scheduled' ELSE 'running' END,
            updated_at = clock_timestamp(), next_slot_at = greatest(next_slot_at, now())
        WHERE id = $1""";

    // Whoever is writing the messages of a chunk holds it: when we have them all, none is being written, and with the
    // campaign
    // moved nobody begins with another.
    private static final String AWAIT_CHUNKS = """
        SELECT FROM campaign_chunk WHERE campaign_id = $1 ORDER BY after_row FOR UPDATE""";

    private static final String DROP_CHUNKS = "DELETE FROM campaign_chunk WHERE campaign_id = $1";

    /** {@code now} by the gateway's clock; {@code audienceId} for what a filter will find. */
    record Launch(boolean acceptErrors, OffsetDateTime now, UUID audienceId) {}

    private final Pool pool;

    ActionStore(Pool pool) {
        this.pool = pool;
    }

    Future<Row> launch(UUID id, long accountId, Launch launch) {
        return change(id, accountId, (connection, campaign) -> {
            // Whoever repeats it has the answer of the first.
            if (campaign.status().allows(Action.CANCEL) || campaign.status() == CampaignStatus.COMPLETED) {
                return Future.succeededFuture();
            }
            campaign.status().require(Action.LAUNCH);
            if (campaign.isSearched()) {
                return connection
                        .preparedQuery(LAUNCH_SEARCH)
                        .execute(Tuple.of(id, launch.now(), launch.audienceId()))
                        .mapEmpty();
            }
            return requireAudience(connection, campaign, launch.acceptErrors())
                    .compose(ready -> connection.preparedQuery(LAUNCH).execute(Tuple.of(id, launch.now())))
                    .mapEmpty();
        });
    }

    private static Future<Void> requireAudience(SqlConnection connection, Campaign campaign, boolean acceptErrors) {
        if (campaign.audienceId() == null || campaign.persons() == 0) {
            throw noAudience().exception();
        }
        return connection
                .preparedQuery(STATE)
                .execute(Tuple.of(campaign.audienceId()))
                .compose(rows -> {
                    boolean isReady = rows.iterator().next().getString(0).equals("ready");
                    if (!isReady && !acceptErrors) {
                        throw Problem.of(
                                        ProblemCode.AUDIENCE_UNCONFIRMED,
                                        "Some rows of the audience are broken; GET /v1/campaigns/{id}/audience tells which."
                                                + " Upload it anew, or launch with accept_errors to leave them out.")
                                .exception();
                    }
                    return isReady
                            ? Future.succeededFuture()
                            : connection.preparedQuery(CONFIRM).execute(Tuple.of(campaign.audienceId()));
                })
                .mapEmpty();
    }

    private static Problem noAudience() {
        return Problem.of(
                ProblemCode.NO_AUDIENCE,
                "There is nobody to send it to. PUT /v1/campaigns/{id}/audience uploads an audience.");
    }

    Future<Row> confirm(UUID id, long accountId) {
        return change(id, accountId, (connection, campaign) -> {
            if (campaign.audienceId() == null) {
                throw noAudience().exception();
            }
            return connection
                    .preparedQuery(CONFIRM)
                    .execute(Tuple.of(campaign.audienceId()))
                    .mapEmpty();
        });
    }

    Future<Row> pause(UUID id, long accountId) {
        return change(
                id,
                accountId,
                (connection, campaign) -> campaign.status() == CampaignStatus.PAUSED
                        ? Future.succeededFuture()
                        : stop(connection, campaign, Action.PAUSE, CampaignStatus.PAUSED));
    }

    Future<Row> cancel(UUID id, long accountId) {
        return change(
                id,
                accountId,
                (connection, campaign) -> campaign.status() == CampaignStatus.CANCELED
                        ? Future.succeededFuture()
                        : stop(connection, campaign, Action.CANCEL, CampaignStatus.CANCELED)
                                .compose(stopped ->
                                        connection.preparedQuery(DROP_CHUNKS).execute(Tuple.of(id)))
                                .mapEmpty());
    }

    /** From here on no message of it is written. */
    private static Future<Void> stop(SqlConnection connection, Campaign campaign, Action action, CampaignStatus to) {
        campaign.status().require(action);
        return connection
                .preparedQuery(MOVE)
                .execute(Tuple.of(campaign.id(), to.word()))
                .compose(moved -> connection.preparedQuery(AWAIT_CHUNKS).execute(Tuple.of(campaign.id())))
                .mapEmpty();
    }

    Future<Row> resume(UUID id, long accountId) {
        return change(id, accountId, (connection, campaign) -> {
            if (campaign.status() == CampaignStatus.RUNNING || campaign.status() == CampaignStatus.SCHEDULED) {
                return Future.succeededFuture();
            }
            campaign.status().require(Action.RESUME);
            return connection.preparedQuery(RESUME).execute(Tuple.of(id)).mapEmpty();
        });
    }

    private Future<Row> change(UUID id, long accountId, BiFunction<SqlConnection, Campaign, Future<Void>> change) {
        return pool.withTransaction(connection -> CampaignStore.hold(connection, id, accountId)
                .compose(campaign -> change.apply(connection, campaign))
                .compose(done -> CampaignStore.find(connection, id, accountId)));
    }
}
