package io.heliograph.gateway.notifications.settings;

import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.Locales;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.catalog.NotificationType.Priority;
import io.heliograph.gateway.notifications.catalog.Template;
import io.heliograph.gateway.notifications.hours.QuietHours;
import io.heliograph.gateway.notifications.settings.Settings.Cap;
import io.heliograph.gateway.notifications.settings.Settings.Digest;
import io.heliograph.gateway.notifications.settings.Settings.Quiet;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one rule of an account's settings; null for one that is wrong, whose mistakes are with its fields. */
final class RuleFields {
    private static final int NAME_LENGTH_MAX = 100;
    private static final int COUNTRY_LENGTH = 2;
    private static final int TIME_LENGTH_MAX = 5;
    private static final int CAP_MAX = 100_000;
    private static final int CODES_MAX = 1_000_000;
    private static final Duration WINDOW_MIN = Duration.ofMinutes(1);
    private static final Duration WINDOW_MAX = Duration.ofDays(1);

    private final Catalog catalog;

    RuleFields(Catalog catalog) {
        this.catalog = catalog;
    }

    @Nullable
    Quiet quiet(long accountId, JsonFields fields, Set<String> seen) {
        String category = category(accountId, fields);
        String country = country(fields);
        boolean off = fields.flag("off");
        LocalTime from = time(fields, "from", off);
        LocalTime to = time(fields, "to", off);
        unlessSeen(fields, "country", category + "/" + country, seen);
        if (from != null && from.equals(to)) {
            fields.mistake(
                    "to", ProblemCode.NOT_ALLOWED, "to must be another time than from; \"off\": true means none.");
            return null;
        }
        return new Quiet(category, country, from == null || to == null ? null : new QuietHours(from, to));
    }

    Cap cap(long accountId, JsonFields fields, Set<String> seen) {
        String category = category(accountId, fields);
        int daily = fields.integer("daily", 0, 1, CAP_MAX);
        int monthly = fields.integer("monthly", 0, 1, CAP_MAX);
        if (fields.isMissing("daily") && fields.isMissing("monthly")) {
            fields.mistake("daily", ProblemCode.MISSING, "daily or monthly is required.");
        }
        unlessSeen(fields, "category", category, seen);
        return new Cap(category, daily == 0 ? null : daily, monthly == 0 ? null : monthly);
    }

    @Nullable
    Digest digest(long accountId, JsonFields fields, Set<String> seen) {
        String name = fields.requiredText("type", NAME_LENGTH_MAX);
        Duration window = fields.duration("window", WINDOW_MIN, WINDOW_MAX);
        if (window == null && fields.isMissing("window")) {
            fields.mistake("window", ProblemCode.MISSING, "window is required.");
        }
        if (name != null) {
            digested(accountId, fields, name);
            unlessSeen(fields, "type", name, seen);
        }
        return name == null || window == null ? null : new Digest(name, window);
    }

    /** None of them can be switched off: that is the operator's to do. */
    CodeLimits codeLimits(JsonFields fields) {
        JsonFields limits = fields.child("code_limits");
        if (limits == null) {
            return CodeLimits.NONE;
        }
        CodeLimits read = new CodeLimits(
                codes(limits, "per_number_hour"),
                codes(limits, "per_number_day"),
                codes(limits, "per_prefix_hour"),
                codes(limits, "per_client_ip_hour"),
                codes(limits, "per_account_minute"));
        fields.mistakesOf(limits);
        return read;
    }

    private static @Nullable Integer codes(JsonFields fields, String name) {
        int codes = fields.integer(name, 0, 1, CODES_MAX);
        return codes == 0 ? null : codes;
    }

    /** What is held must be able to wait, and its template to tell of several. */
    private void digested(long accountId, JsonFields fields, String name) {
        NotificationType type = catalog.type(accountId, name);
        if (type == null) {
            fields.mistake("type", ProblemCode.UNKNOWN_TYPE, "There is no notification type of this name.");
        } else if (type.priority() == Priority.CRITICAL) {
            fields.mistake("type", ProblemCode.NOT_ALLOWED, "What is critical does not wait for a digest.");
        } else if (!tellsOfSeveral(accountId, type)) {
            fields.mistake(
                    "type",
                    ProblemCode.NOT_ALLOWED,
                    "Each template of the type must have a section over items, and no variable of that name.");
        }
    }

    private boolean tellsOfSeveral(long accountId, NotificationType type) {
        return !type.variables().containsKey("items")
                && type.channels().stream()
                        .filter(channel -> channel.interrupts())
                        .allMatch(channel -> {
                            Template template = catalog.template(accountId, type.name(), channel, Locales.DEFAULT);
                            return template == null || template.tellsOfSeveral();
                        });
    }

    /** "" for all of them. */
    private String category(long accountId, JsonFields fields) {
        String category = fields.text("category", NAME_LENGTH_MAX);
        if (category != null && !catalog.hasCategory(accountId, category)) {
            fields.mistake("category", ProblemCode.NOT_ALLOWED, "There is no notification type of this category.");
        }
        return category == null ? "" : category;
    }

    private static String country(JsonFields fields) {
        String country = fields.text("country", COUNTRY_LENGTH);
        if (country != null && !Recipients.isRegion(country)) {
            fields.mistake("country", ProblemCode.NOT_ALLOWED, "country must be two letters of ISO 3166, such as IN.");
        }
        return country == null ? "" : country;
    }

    private static @Nullable LocalTime time(JsonFields fields, String name, boolean off) {
        String text = fields.text(name, TIME_LENGTH_MAX);
        if (off != fields.isMissing(name)) {
            fields.mistake(
                    name,
                    off ? ProblemCode.NOT_ALLOWED : ProblemCode.MISSING,
                    off ? name + " has no place beside \"off\": true." : name + " is required.");
        }
        try {
            return text == null ? null : LocalTime.parse(text);
        } catch (DateTimeException e) {
            fields.mistake(name, ProblemCode.INVALID_TIME, name + " must be a time of the day, such as 21:30.");
            return null;
        }
    }

    private static void unlessSeen(JsonFields fields, String name, String rule, Set<String> seen) {
        if (!seen.add(rule)) {
            fields.mistake(name, ProblemCode.NOT_ALLOWED, "There is another rule for the same before it.");
        }
    }
}
