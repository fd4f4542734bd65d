package io.heliograph.gateway.notifications.campaigns;

import io.heliograph.gateway.http.Times;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A campaign as answers show it, with what became of its audience: read by one statement, so that it adds up. */
public final class CampaignView {
    private static final String TOTAL = "total";
    private static final double SECONDS_PER_MINUTE = 60;

    private CampaignView() {}

    /** As it could be posted again. */
    public static JsonObject written(Campaign.Wish wish) {
        return new JsonObject()
                .put("name", wish.name())
                .put("type", wish.type())
                .put("channel", wish.channel().word())
                .put("data", wish.data())
                .put("locale", wish.locale())
                .put("send_at", Times.text(wish.sendAt()))
                .put("rate", rate(wish.ratePerSecond()))
                .put("consent_source", wish.consentSource())
                .put("users", wish.users());
    }

    /** Of a row of {@link CampaignStore}. */
    public static JsonObject of(Row row) {
        Campaign campaign = Campaign.of(row);
        JsonObject view = new JsonObject()
                .put("id", campaign.id().toString())
                .put("status", campaign.status().word())
                .mergeIn(written(campaign.wish()))
                .put("follows", text(row.getUUID("follows")))
                .put("missed", row.getJsonObject("missed"))
                .put("created_at", Times.text(row.getOffsetDateTime("created_at")))
                .put("updated_at", Times.text(campaign.updatedAt()))
                .put("launched_at", Times.text(row.getOffsetDateTime("launched_at")))
                .put("ended_at", Times.text(row.getOffsetDateTime("ended_at")));
        JsonObject counts = Objects.requireNonNullElseGet(row.getJsonObject("counts"), JsonObject::new);
        return view.put("progress", progress(campaign.persons(), row.getBoolean("is_counting"), counts));
    }

    private static JsonObject progress(int persons, boolean isCounting, JsonObject counts) {
        JsonObject skipped = part(counts, "skipped ");
        JsonObject accepted = part(counts, "message ");
        long skippedTotal = sum(skipped);
        long acceptedTotal = sum(accepted);
        return new JsonObject()
                .put("audience", persons)
                .put("counting", isCounting)
                .put("pending", persons - skippedTotal - acceptedTotal)
                .put("skipped", new JsonObject().put(TOTAL, skippedTotal).put("by_reason", skipped))
                .put("accepted", new JsonObject().put(TOTAL, acceptedTotal).put("by_status", accepted));
    }

    private static JsonObject part(JsonObject counts, String kind) {
        TreeMap<String, Object> part = new TreeMap<>();
        counts.forEach(count -> {
            if (count.getKey().startsWith(kind)) {
                part.put(count.getKey().substring(kind.length()), count.getValue());
            }
        });
        return new JsonObject(part);
    }

    private static long sum(JsonObject part) {
        return part.stream()
                .mapToLong(count -> ((Number) count.getValue()).longValue())
                .sum();
    }

    /** In the unit in which it is a whole number, if there is one. */
    private static @Nullable JsonObject rate(@Nullable Double perSecond) {
        if (perSecond == null) {
            return null;
        }
        double perMinute = perSecond * SECONDS_PER_MINUTE;
        return perSecond == Math.rint(perSecond)
                ? new JsonObject().put("per_second", perSecond.longValue())
                : new JsonObject().put("per_minute", Math.round(perMinute));
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
