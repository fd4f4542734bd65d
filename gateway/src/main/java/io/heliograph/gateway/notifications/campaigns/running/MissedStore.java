package io.heliograph.gateway.notifications.campaigns.running;

import io.heliograph.gateway.notifications.campaigns.CampaignStatus.Action;
import io.heliograph.gateway.notifications.campaigns.CampaignStore;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.heliograph.gateway.outbox.ClaimKeyStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a draft for those whom another campaign has missed. They are looked for when it is launched. */
final class MissedStore {
    private static final String DRAFT = """
        INSERT INTO campaign (id, account_id, name, type, channel, data, locale, rate_per_second, consent_source, filter, follows, missed)
        SELECT $2::uuid, account_id, left(name, 90) || ' (missed)', type, channel, data, locale, rate_per_second, consent_source,
               -- Of the users behind the filter those who were none before.
               CASE WHEN $4::boolean THEN filter || jsonb_build_object('joined_after', to_jsonb(launched_at)) END, id, $3::jsonb
        FROM campaign WHERE id = $1""";

    /** {@code id} is that of the draft. */
    record Wanted(UUID id, Missed missed, AcceptIntent.@Nullable Key key) {}

    private final Pool pool;

    MissedStore(Pool pool) {
        this.pool = pool;
    }

    /** The draft: this one, or the one that was made first under the key. */
    Future<Row> draft(UUID of, long accountId, Wanted wanted) {
        return pool.withTransaction(connection -> CampaignStore.hold(connection, of, accountId)
                .compose(campaign -> {
                    campaign.status().require(Action.MISSED);
                    if (wanted.missed().joined() && campaign.wish().users() == null) {
                        throw Missed.cannotHaveJoined().exception();
                    }
                    return ClaimKeyStore.claim(connection, wanted.id(), accountId, wanted.key());
                })
                .compose(id -> id.equals(wanted.id())
                        ? connection
                                .preparedQuery(DRAFT)
                                .execute(Tuple.of(
                                        of,
                                        id,
                                        wanted.missed().json(),
                                        wanted.missed().joined()))
                                .map(id)
                        : Future.succeededFuture(id))
                .compose(id -> CampaignStore.find(connection, id, accountId)));
    }
}
