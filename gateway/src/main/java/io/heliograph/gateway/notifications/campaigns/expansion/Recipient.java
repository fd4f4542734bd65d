package io.heliograph.gateway.notifications.campaigns.expansion;

import io.heliograph.gateway.notifications.campaigns.Campaign;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.consents.Purpose;
import io.heliograph.gateway.notifications.deciding.UserFacts;
import io.heliograph.gateway.notifications.deciding.UserFacts.Agreement;
import io.heliograph.gateway.notifications.deciding.UserFacts.Switch;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in an audience.
 *
 * @param user null for whoever is none
 * @param facts null for somebody whom nobody knows any more
 */
public record Recipient(
        int n,
        @Nullable String user,
        @Nullable UserFacts facts,
        @Nullable JsonObject attributes,
        @Nullable JsonObject data) {

    public static Recipient of(Row row, Campaign campaign, NotificationType type) {
        String user = row.getString("user_id");
        String address = ofChannel(row.getString("address"), campaign.wish().channel());
        boolean isKnown = user != null || (row.getString("named") == null && address != null);
        return new Recipient(
                row.getInteger("n"),
                user,
                isKnown ? facts(row, user, address, campaign, type) : null,
                row.getJsonObject("attributes"),
                row.getJsonObject("data"));
    }

    private static UserFacts facts(
            Row row, @Nullable String user, @Nullable String address, Campaign campaign, NotificationType type) {
        NotificationChannel channel = campaign.wish().channel();
        boolean byNumber = channel.goesToNumber();
        String locale = row.getString("row_locale");
        Boolean enabled = row.getBoolean("enabled");
        Boolean granted = row.getBoolean("granted");
        if (user == null && campaign.wish().consentSource() != null) {
            granted = true;
        }
        return new UserFacts(
                byNumber && address != null ? address : row.getString("phone"),
                !byNumber && address != null ? address : row.getString("email"),
                locale == null ? row.getString("locale") : locale,
                row.getString("time_zone"),
                List.of(),
                false,
                enabled == null ? Map.of() : Map.of(new Switch(type.category(), channel), enabled),
                granted == null ? Map.of() : Map.of(new Agreement(channel, Purpose.of(type)), granted));
    }

    /** One of another kind was for a campaign that this one follows. */
    private static @Nullable String ofChannel(@Nullable String address, NotificationChannel channel) {
        return address != null && address.startsWith("+") == channel.goesToNumber() ? address : null;
    }

    /** Where a user of none of the account's has one. */
    public String name(NotificationChannel channel) {
        String address = facts == null ? null : channel.goesToNumber() ? facts.phone() : facts.email();
        return user != null ? user : address == null ? "" : address;
    }
}
