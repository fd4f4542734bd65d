package io.heliograph.gateway.notifications.campaigns;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.catalog.NotificationType.Priority;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One text for many.
 *
 * @param wish what the account asked for
 * @param audienceId of the audience in force; null where there is none yet
 * @param persons in it, as far as they are counted
 * @param isSearched whether it is looked for when the campaign is launched, and not uploaded
 */
public record Campaign(
        UUID id,
        long accountId,
        CampaignStatus status,
        Wish wish,
        @Nullable UUID audienceId,
        int persons,
        boolean isSearched,
        OffsetDateTime updatedAt) {

    /**
     * What is to be told to whom, and when.
     *
     * @param data what the text needs and the audience does not bring
     * @param locale of whoever has none, or one in which there is no text
     * @param ratePerSecond null for as fast as it goes
     * @param consentSource where those have agreed who are no users of the account; null where they have not
     * @param users a filter; null where the audience is uploaded
     */
    public record Wish(
            String name,
            String type,
            NotificationChannel channel,
            JsonObject data,
            @Nullable String locale,
            @Nullable OffsetDateTime sendAt,
            @Nullable Double ratePerSecond,
            @Nullable String consentSource,
            @Nullable JsonObject users) {

        public Wish withUsers(@Nullable JsonObject others) {
            return new Wish(name, type, channel, data, locale, sendAt, ratePerSecond, consentSource, others);
        }
    }

    /** Of a row of the table. */
    public static Campaign of(Row row) {
        return new Campaign(
                row.getUUID("id"),
                row.getLong("account_id"),
                CampaignStatus.of(row.getString("status")),
                new Wish(
                        row.getString("name"),
                        row.getString("type"),
                        NotificationChannel.of(row.getString("channel")),
                        row.getJsonObject("data"),
                        row.getString("locale"),
                        row.getOffsetDateTime("send_at"),
                        row.getDouble("rate_per_second"),
                        row.getString("consent_source"),
                        row.getJsonObject("filter")),
                row.getUUID("audience_id"),
                row.getInteger("audience"),
                row.getValue("filter") != null || row.getValue("missed") != null,
                row.getOffsetDateTime("updated_at"));
    }

    /** Of one that is no more there is no template either, and so everybody is passed over. */
    public NotificationType type(Catalog catalog) {
        NotificationType found = catalog.type(accountId, wish.type());
        return found == null
                ? new NotificationType(wish.type(), "", Priority.PROMOTIONAL, List.of(wish.channel()), Map.of())
                : found;
    }

    /** The id in a path. Throws the problem that there is no such campaign. */
    public static UUID id(RoutingContext context) {
        try {
            return UUID.fromString(context.pathParam("id"));
        } catch (IllegalArgumentException _) {
            throw none().exception();
        }
    }

    public static Problem none() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no campaign with this id.");
    }
}
