package io.heliograph.gateway.notifications.deciding;

import io.heliograph.gateway.notifications.hours.NumberPlace;
import io.heliograph.gateway.notifications.settings.Settings;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a user is, as far as anybody knows: by their own time zone, else by their number, else where the account is.
 *
 * @param country of their number; "" without one
 * @param zones in which they may be; never empty
 * @param ofAccount where to look when there are too many zones for any moment to be right in all of them
 */
public record Whereabouts(String country, List<ZoneId> zones, ZoneId ofAccount) {

    public static Whereabouts of(UserFacts user, Settings settings) {
        ZoneId ofAccount = zone(settings.timeZone(), ZoneOffset.UTC);
        NumberPlace number = user.phone() == null ? NumberPlace.NOWHERE : NumberPlace.of(user.phone());
        if (user.timeZone() != null) {
            return new Whereabouts(number.country(), List.of(zone(user.timeZone(), ofAccount)), ofAccount);
        }
        List<ZoneId> zones = number.zones().isEmpty() ? List.of(ofAccount) : number.zones();
        return new Whereabouts(number.country(), zones, ofAccount);
    }

    /** Of several the first stands for all: by whose days and months is counted. */
    ZoneId zone() {
        return zones.getFirst();
    }

    /** A zone that was one when it was stored may have been taken out of the tz database. */
    private static ZoneId zone(@Nullable String name, ZoneId otherwise) {
        try {
            return name == null ? otherwise : ZoneId.of(name);
        } catch (DateTimeException e) {
            return otherwise;
        }
    }
}
