package io.heliograph.gateway.notifications.deciding;

import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.consents.Purpose;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of a user to decide how to tell them something.
 *
 * @param switched what they have switched on or off themselves
 * @param browsers the ids of their push subscriptions, the newest last; asked for only where a type is told by them
 * @param hasEndpoints whether their account listens by webhooks; asked for likewise
 * @param agreed true for a grant that is in force, false for a withdrawal
 */
public record UserFacts(
        @Nullable String phone,
        @Nullable String email,
        @Nullable String locale,
        @Nullable String timeZone,
        List<String> browsers,
        boolean hasEndpoints,
        Map<Switch, Boolean> switched,
        Map<Agreement, Boolean> agreed) {

    /** One of a user's switches. */
    public record Switch(String category, NotificationChannel channel) {}

    /** What a user can agree to. */
    public record Agreement(NotificationChannel channel, Purpose purpose) {}

    public UserFacts {
        browsers = List.copyOf(browsers);
        switched = Map.copyOf(switched);
        agreed = Map.copyOf(agreed);
    }

    /** The same for somebody who is told in this language. */
    public UserFacts in(@Nullable String otherLocale) {
        return Objects.equals(locale, otherLocale)
                ? this
                : new UserFacts(phone, email, otherLocale, timeZone, browsers, hasEndpoints, switched, agreed);
    }

    /** The same for somebody who is told at another number. */
    public UserFacts at(String otherPhone) {
        return new UserFacts(otherPhone, email, locale, timeZone, browsers, hasEndpoints, switched, agreed);
    }

    /** Each is told by a message of its own. */
    List<String> addresses(NotificationChannel channel) {
        return switch (channel) {
            case SMS, WHATSAPP -> orNone(phone);
            case EMAIL -> orNone(email);
            // The inbox is the user's own: there is no other address.
            case IN_APP -> List.of("");
            case WEB_PUSH -> browsers;
            case WEBHOOK -> List.of();
        };
    }

    private static List<String> orNone(@Nullable String address) {
        return address == null ? List.of() : List.of(address);
    }
}
