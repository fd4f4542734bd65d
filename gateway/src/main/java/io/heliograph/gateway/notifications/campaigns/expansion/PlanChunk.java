package io.heliograph.gateway.notifications.campaigns.expansion;

import io.heliograph.gateway.notifications.campaigns.Campaign;
import io.heliograph.gateway.notifications.campaigns.Campaign.Wish;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.catalog.Template;
import io.heliograph.gateway.notifications.deciding.Decision.Reason;
import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import io.heliograph.gateway.notifications.telling.Plan;
import io.heliograph.gateway.notifications.telling.PlanEvents;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides and renders what a chunk comes to, as an event of each of its persons. Asks nobody. */
final class PlanChunk {
    /** Of one person. */
    record Planned(Recipient recipient, Plan plan) {}

    /** Who is told, and of the others why not. */
    record Outcome(List<Planned> planned, Map<Integer, Reason> skipped) {}

    private final Catalog catalog;
    private final PlanEvents planEvents;
    private final Campaign campaign;
    private final NotificationType type;
    private final OffsetDateTime now;
    /** By the language that is asked for, the one in which a text is looked for. */
    private final Map<String, String> locales = new HashMap<>();

    PlanChunk(Catalog catalog, PlanEvents planEvents, Campaign campaign, NotificationType type, OffsetDateTime now) {
        this.catalog = catalog;
        this.planEvents = planEvents;
        this.campaign = campaign;
        this.type = type;
        this.now = now;
    }

    Outcome plan(Iterable<Row> rows) {
        List<Planned> planned = new ArrayList<>();
        Map<Integer, Reason> skipped = new HashMap<>();
        for (Row row : rows) {
            Recipient recipient = Recipient.of(row, campaign, type);
            if (row.getBoolean("again")) {
                skipped.put(recipient.n(), Reason.DUPLICATE);
            } else if (recipient.facts() == null) {
                skipped.put(recipient.n(), Reason.UNKNOWN_USER);
            } else {
                planned.add(new Planned(recipient, plan(recipient, recipient.facts())));
            }
        }
        return new Outcome(planned, skipped);
    }

    private Plan plan(Recipient recipient, UserFacts facts) {
        Wish wish = campaign.wish();
        PostedEvent event = new PostedEvent(
                campaign.id(), campaign.accountId(), type, recipient.name(wish.channel()), data(recipient), null, now);
        return planEvents.ofHeld(event, facts.in(locale(facts.locale())), List.of(wish.channel()));
    }

    /** What the audience brings goes before what the campaign has; what a user is known by comes last. */
    private JsonObject data(Recipient recipient) {
        JsonObject ofCampaign = campaign.wish().data();
        if (recipient.data() == null && recipient.attributes() == null) {
            return ofCampaign;
        }
        JsonObject all = new JsonObject(new HashMap<>(ofCampaign.getMap()));
        if (recipient.data() != null) {
            all.getMap().putAll(recipient.data().getMap());
        }
        if (recipient.attributes() != null) {
            type.variables().forEach((name, variable) -> {
                Object value = recipient.attributes().getValue(name);
                if (value != null && !all.containsKey(name) && variable.type().takes(value)) {
                    all.put(name, value);
                }
            });
        }
        return all;
    }

    /** That of the campaign where there is no text in the person's own. */
    private @Nullable String locale(@Nullable String asked) {
        String fallback = campaign.wish().locale();
        if (fallback == null || asked == null) {
            return asked == null ? fallback : asked;
        }
        return locales.computeIfAbsent(asked, one -> {
            Template found = catalog.template(
                    campaign.accountId(), type.name(), campaign.wish().channel(), one);
            return found != null && Objects.equals(language(found.locale()), language(one)) ? one : fallback;
        });
    }

    private static String language(String locale) {
        int region = locale.indexOf('-');
        return region < 0 ? locale : locale.substring(0, region);
    }
}
