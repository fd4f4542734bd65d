package io.heliograph.gateway.notifications.settings;

import io.heliograph.gateway.notifications.hours.QuietHours;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an account has set for all that its users are told.
 *
 * @param locale of users of whom none is known
 * @param timeZone likewise
 * @param promotionalHoursOff countries whose hours the account says do not hold for it
 * @param codeLimits within those of the operator
 * @param daysInInbox how long what is in an inbox is kept; null for as long as usual
 * @param retention how long what is kept
 */
public record Settings(
        @Nullable String locale,
        @Nullable String timeZone,
        List<Quiet> quietHours,
        List<Cap> caps,
        List<Digest> digests,
        Set<String> promotionalHoursOff,
        CodeLimits codeLimits,
        @Nullable Integer daysInInbox,
        Retention retention) {

    /** In a category and a country, or in any where it is ""; null hours are none. */
    public record Quiet(
            String category, String country, @Nullable QuietHours hours) {
        private boolean isFor(String category, String country) {
            return (this.category.isEmpty() || this.category.equals(category))
                    && (this.country.isEmpty() || this.country.equals(country));
        }

        /** How much it says of a message; the category counts for more. */
        private int weight() {
            return (category.isEmpty() ? 0 : 2) + (country.isEmpty() ? 0 : 1);
        }
    }

    /** How many notifications of a category, or of all where it is "", a user gets. */
    public record Cap(
            String category,
            @Nullable Integer daily,
            @Nullable Integer monthly) {
        public boolean isFor(String category) {
            return this.category.isEmpty() || this.category.equals(category);
        }
    }

    /** How long events of a type are held to become one message. */
    public record Digest(String type, Duration window) {}

    public static final int INBOX_DAYS_USUAL = 90;

    public static final Settings NONE =
            new Settings(null, null, List.of(), List.of(), List.of(), Set.of(), CodeLimits.NONE, null, Retention.NONE);

    public Settings {
        quietHours = List.copyOf(quietHours);
        caps = List.copyOf(caps);
        digests = List.copyOf(digests);
        promotionalHoursOff = Set.copyOf(promotionalHoursOff);
    }

    /** Of the rules for this category and country the one that says most; null when it is never quiet. */
    public @Nullable QuietHours quiet(String category, String country) {
        Quiet best = null;
        for (Quiet rule : quietHours) {
            if (rule.isFor(category, country) && (best == null || rule.weight() > best.weight())) {
                best = rule;
            }
        }
        return best == null ? null : best.hours();
    }

    public int inboxDays() {
        return daysInInbox == null ? INBOX_DAYS_USUAL : daysInInbox;
    }

    /** Null when such events are told one by one. */
    public @Nullable Duration digestWindow(String type) {
        for (Digest digest : digests) {
            if (digest.type().equals(type)) {
                return digest.window();
            }
        }
        return null;
    }
}
