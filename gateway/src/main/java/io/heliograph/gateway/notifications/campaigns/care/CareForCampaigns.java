package io.heliograph.gateway.notifications.campaigns.care;

import io.heliograph.gateway.notifications.campaigns.CampaignMeters;
import io.heliograph.gateway.notifications.campaigns.care.CareStore.AtWork;
import io.heliograph.runtime.Ids;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after campaigns that are not over: begins them at their time, looks for their audiences, holds the promises of those that are
 * paused, lets them go again, takes back what was canceled, and ends them when nothing is left to be done.
 */
public final class CareForCampaigns {
    private static final Logger log = LoggerFactory.getLogger(CareForCampaigns.class);

    private final CareStore store;
    private final SearchStore search;
    private final LetHeldGo letHeldGo;
    private final CampaignMeters meters;
    private final Clock clock;
    /** Up to which campaign the last round came. */
    private volatile UUID after = Ids.FIRST;

    public CareForCampaigns(Pool pool, LetHeldGo letHeldGo, CampaignMeters meters, Clock clock) {
        this.store = new CareStore(pool);
        this.search = new SearchStore(pool);
        this.letHeldGo = letHeldGo;
        this.meters = meters;
        this.clock = clock;
    }

    /** Answers how much there was to do. A campaign that fails keeps no other from it. */
    public Future<Integer> runOnce() {
        return store.begin(OffsetDateTime.now(clock))
                .compose(begun -> search.lookOn())
                .otherwise(failure -> {
                    log.warn("Campaigns were not begun, or an audience not looked for; that is repeated", failure);
                    return false;
                })
                .compose(looked -> store.atWork(after)
                        .compose(campaigns -> {
                            after = campaigns.size() < CareStore.CAMPAIGNS_MAX
                                    ? Ids.FIRST
                                    : campaigns.getLast().id();
                            return each(campaigns, AtWork::id, this::care);
                        })
                        .map(done -> done + (looked ? 1 : 0)));
    }

    /** What was counted one by one becomes one count. */
    public Future<Integer> fold() {
        return store.counted().compose(campaigns -> each(campaigns, id -> id, store::fold));
    }

    /** How they all stand, for the meters. */
    public Future<CampaignMeters.Counted> count() {
        return store.count(OffsetDateTime.now(clock)).onSuccess(meters::show);
    }

    /** Answers whether anything was left of an audience that nobody needs any more. */
    public Future<Integer> prune() {
        return store.prune();
    }

    private Future<Integer> care(AtWork campaign) {
        return switch (campaign.status()) {
            case "paused" -> store.hold(campaign.id());
            case "canceled" -> store.takeBack(campaign.id()).compose(taken -> ended(campaign, taken));
            case "running" -> letHeldGo.of(campaign).compose(gone -> ended(campaign, gone));
            default -> Future.succeededFuture(0);
        };
    }

    private Future<Integer> ended(AtWork campaign, int done) {
        return done > 0
                ? Future.succeededFuture(done)
                : store.end(campaign.id()).map(ended -> 0);
    }

    /** One after the other. */
    private static <T> Future<Integer> each(
            List<T> campaigns, Function<T, UUID> id, Function<T, Future<Integer>> care) {
        Future<Integer> sum = Future.succeededFuture(0);
        for (T campaign : campaigns) {
            sum = sum.compose(before -> care.apply(campaign)
                    .otherwise(failure -> repeated(id.apply(campaign), failure))
                    .map(done -> before + done));
        }
        return sum;
    }

    private static int repeated(UUID campaign, Throwable failure) {
        log.atWarn()
                .addKeyValue("campaign_id", campaign)
                .setCause(failure)
                .log("A step for a campaign failed and is repeated");
        return 0;
    }
}
