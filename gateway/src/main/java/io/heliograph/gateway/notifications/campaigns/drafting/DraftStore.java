package io.heliograph.gateway.notifications.campaigns.drafting;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.notifications.campaigns.Campaign;
import io.heliograph.gateway.notifications.campaigns.Campaign.Wish;
import io.heliograph.gateway.notifications.campaigns.CampaignStatus.Action;
import io.heliograph.gateway.notifications.campaigns.CampaignStore;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.ClaimKeyStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Campaigns that are being written. */
final class DraftStore {
    private static final String CREATE = """
        INSERT INTO campaign (id, account_id, name, type, channel, data, locale, send_at, rate_per_second, consent_source, filter)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""";

    private static final String CHANGE = """
        UPDATE campaign SET name = $3, type = $4, channel = $5, data = $6, locale = $7, send_at = $8, rate_per_second = $9,
                            consent_source = $10, filter = $11, updated_at = clock_timestamp()
        WHERE id = $1 AND account_id = $2""";

    // Its audiences go with the next look at what nobody needs any more.
    private static final String DELETE = """
        WITH deleted AS (DELETE FROM campaign WHERE id = $1 RETURNING id)
        UPDATE campaign_audience SET state = 'dropped' FROM deleted WHERE campaign_id = deleted.id""";

    /** {@code isNew}: not made before, under the same key. */
    record Created(Row row, boolean isNew) {}

    private final Pool pool;

    DraftStore(Pool pool) {
        this.pool = pool;
    }

    Future<Created> create(UUID id, long accountId, Wish wish, AcceptIntent.@Nullable Key key) {
        return pool.withTransaction(connection -> ClaimKeyStore.claim(connection, id, accountId, key)
                .compose(first -> first.equals(id)
                        ? connection
                                .preparedQuery(CREATE)
                                .execute(columns(id, accountId, wish))
                                .map(first)
                        : Future.succeededFuture(first))
                .compose(first -> CampaignStore.find(connection, first, accountId)
                        .map(row -> new Created(row, first.equals(id)))));
    }

    /** What is not a draft any more changes its name and its rate alone. */
    Future<Row> change(UUID id, long accountId, Function<Wish, Wish> change) {
        return pool.withTransaction(connection -> CampaignStore.hold(connection, id, accountId)
                .compose(campaign -> {
                    Wish changed = change.apply(campaign.wish());
                    requireChangeable(campaign, changed);
                    return connection.preparedQuery(CHANGE).execute(columns(id, accountId, changed));
                })
                .compose(done -> CampaignStore.find(connection, id, accountId)));
    }

    private static void requireChangeable(Campaign campaign, Wish changed) {
        Wish was = campaign.wish();
        boolean isPace = new Wish(
                        changed.name(),
                        was.type(),
                        was.channel(),
                        was.data(),
                        was.locale(),
                        was.sendAt(),
                        changed.ratePerSecond(),
                        was.consentSource(),
                        was.users())
                .equals(changed);
        if (!isPace || !campaign.status().allows(Action.CANCEL)) {
            campaign.status().require(Action.CHANGE);
        }
        boolean isOfAudience = List.of(was.type(), was.channel(), was.data())
                        .equals(List.of(changed.type(), changed.channel(), changed.data()))
                && Objects.equals(was.users(), changed.users());
        if (campaign.audienceId() != null && !isOfAudience) {
            throw Problem.of(
                            ProblemCode.AUDIENCE_UPLOADED,
                            "The audience was held against type, channel and data as they are."
                                    + " DELETE /v1/campaigns/{id}/audience first, and upload it anew.")
                    .exception();
        }
    }

    Future<Void> delete(UUID id, long accountId) {
        return pool.withTransaction(connection -> CampaignStore.hold(connection, id, accountId)
                .compose(campaign -> {
                    campaign.status().require(Action.DELETE);
                    return connection.preparedQuery(DELETE).execute(Tuple.of(id));
                })
                .mapEmpty());
    }

    private static Tuple columns(UUID id, long accountId, Wish wish) {
        return Tuple.from(new @Nullable Object[] {
            id,
            accountId,
            wish.name(),
            wish.type(),
            wish.channel().word(),
            wish.data(),
            wish.locale(),
            wish.sendAt(),
            wish.ratePerSecond(),
            wish.consentSource(),
            wish.users()
        });
    }
}
