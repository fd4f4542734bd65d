package io.heliograph.gateway.notifications.hours;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When the law of a country lets nobody be sent promotional messages to their number. */
public final class PromotionalHours {
    /** {@code zone}: by whose clock; null for the recipient's. */
    private record Law(QuietHours none, @Nullable ZoneId zone) {}

    private static final Map<String, Law> LAWS = Map.of(
            // TRAI: 10:00 to 21:00. Older texts say 9:00; the shorter time is right by all of them.
            "IN", new Law(new QuietHours(LocalTime.of(21, 0), LocalTime.of(10, 0)), ZoneId.of("Asia/Kolkata")),
            // 47 CFR 64.1200(c)(1): not before 8 a.m. or after 9 p.m., local time at the called party's location.
            "US", new Law(new QuietHours(LocalTime.of(21, 0), LocalTime.of(8, 0)), null));

    public static final Set<String> COUNTRIES = LAWS.keySet();

    private PromotionalHours() {}

    /** When nothing may go to somebody of that country who may be in these zones. */
    public static List<Silence> silences(String country, List<ZoneId> zones) {
        Law law = LAWS.get(country);
        if (law == null) {
            return List.of();
        }
        return law.zone() == null
                ? zones.stream().map(zone -> new Silence(law.none(), zone)).toList()
                : List.of(new Silence(law.none(), law.zone()));
    }
}
