package io.heliograph.gateway.notifications.campaigns.care;

import io.heliograph.contract.Reason;
import io.heliograph.gateway.notifications.campaigns.Campaign;
import io.heliograph.gateway.notifications.campaigns.care.CareStore.AtWork;
import io.heliograph.gateway.notifications.campaigns.expansion.Recipient;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.consents.Purpose;
import io.heliograph.gateway.notifications.deciding.Decision;
import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.heliograph.gateway.notifications.deciding.SendTime;
import io.heliograph.gateway.notifications.telling.PlanEvents;
import io.heliograph.runtime.Aside;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Lets go what a pause held, and asks of each what was asked when it was written: a night may have fallen, a switch been turned off. */
public final class LetHeldGo {
    private final HeldStore store;
    private final Catalog catalog;
    private final PlanEvents planEvents;
    private final Clock clock;
    private final Aside aside;

    public LetHeldGo(Pool pool, Catalog catalog, PlanEvents planEvents, Clock clock, Aside aside) {
        this.store = new HeldStore(pool);
        this.catalog = catalog;
        this.planEvents = planEvents;
        this.clock = clock;
        this.aside = aside;
    }

    /** Answers how many of its messages that were. */
    Future<Integer> of(AtWork campaign) {
        if (!campaign.holds()) {
            return Future.succeededFuture(0);
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        return catalog.ready(campaign.accountId()).compose(ready -> store.letGo(campaign.id(), now, new AskAgain(now)));
    }

    private final class AskAgain implements HeldStore.Deciding {
        private final OffsetDateTime now;

        AskAgain(OffsetDateTime now) {
            this.now = now;
        }

        @Override
        public HeldStore.Asked asked(Campaign campaign) {
            NotificationType type = campaign.type(catalog);
            return new HeldStore.Asked(type.category(), Purpose.of(type).word());
        }

        @Override
        public Future<List<Release>> decide(Campaign campaign, RowSet<Row> held) {
            NotificationType type = campaign.type(catalog);
            return aside.run(() -> StreamSupport.stream(held.spliterator(), false)
                    .map(row -> release(row, campaign, type))
                    .toList());
        }

        private Release release(Row row, Campaign campaign, NotificationType type) {
            UUID id = row.getUUID("id");
            Recipient recipient = Recipient.of(row, campaign, type);
            if (recipient.facts() == null || !row.getBoolean("waits")) {
                return new Release.Go(id);
            }
            NotificationChannel channel = campaign.wish().channel();
            PostedEvent event = new PostedEvent(
                    campaign.id(), campaign.accountId(), type, recipient.name(channel), new JsonObject(), null, now);
            return switch (planEvents.again(event, recipient.facts(), channel)) {
                case SendTime.Now() -> new Release.Go(id);
                case SendTime.Later(OffsetDateTime at, Decision.Reason reason) ->
                    new Release.Defer(id, at, ofMessage(reason));
                case SendTime.Never(Decision.Reason reason) -> new Release.Refuse(id, ofMessage(reason));
            };
        }
    }

    /** In the words of messages. */
    private static Reason ofMessage(Decision.Reason reason) {
        return switch (reason) {
            case DISABLED_BY_USER -> Reason.DISABLED_BY_USER;
            case NOT_CONSENTED -> Reason.RECIPIENT_OPTED_OUT;
            case PROMOTIONAL_HOURS -> Reason.PROMOTIONAL_HOURS;
            case QUIET_HOURS -> Reason.QUIET_HOURS;
            default -> throw new IllegalArgumentException("No message is held back for " + reason);
        };
    }
}
