package io.heliograph.gateway.notifications.settings;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.hours.PromotionalHours;
import io.heliograph.gateway.notifications.settings.Settings.Cap;
import io.heliograph.gateway.notifications.settings.Settings.Digest;
import io.heliograph.gateway.notifications.settings.Settings.Quiet;
import io.heliograph.gateway.notifications.users.UserFields;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads what is to be set anew. Each field is replaced as a whole; null takes it back; what is left out stays. */
final class SettingFields {
    static final int RULES_MAX = 200;
    private static final String INBOX_DAYS = "inbox_days";
    private static final int INBOX_DAYS_MAX = 730;

    private final Catalog catalog;
    private final RuleFields rules;

    SettingFields(Catalog catalog) {
        this.catalog = catalog;
        this.rules = new RuleFields(catalog);
    }

    /** Comes before a body is read, which names the account's types. */
    Future<Void> ready(long accountId) {
        return catalog.ready(accountId);
    }

    /** Throws the problem of a body that is none, with all its mistakes. */
    UnaryOperator<Settings> read(long accountId, JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        String locale = UserFields.locale(fields);
        String timeZone = UserFields.timeZone(fields);
        List<Quiet> quietHours = list(fields, "quiet_hours", (item, seen) -> rules.quiet(accountId, item, seen));
        List<Cap> caps = list(fields, "caps", (item, seen) -> rules.cap(accountId, item, seen));
        List<Digest> digests = list(fields, "digests", (item, seen) -> rules.digest(accountId, item, seen));
        Set<String> hoursOff = promotionalHoursOff(fields);
        CodeLimits codeLimits = rules.codeLimits(fields);
        int days = fields.integer(INBOX_DAYS, 0, 1, INBOX_DAYS_MAX);
        @Nullable Integer daysInInbox = days == 0 ? null : Integer.valueOf(days);
        Retention retention = RetentionFields.read(fields);
        var mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return before -> new Settings(
                body.containsKey("locale") ? locale : before.locale(),
                body.containsKey("time_zone") ? timeZone : before.timeZone(),
                body.containsKey("quiet_hours") ? quietHours : before.quietHours(),
                body.containsKey("caps") ? caps : before.caps(),
                body.containsKey("digests") ? digests : before.digests(),
                body.containsKey("promotional_hours") ? hoursOff : before.promotionalHoursOff(),
                body.containsKey("code_limits") ? codeLimits : before.codeLimits(),
                body.containsKey(INBOX_DAYS) ? daysInInbox : before.daysInInbox(),
                body.containsKey("retention") ? retention : before.retention());
    }

    /** {@code read} is given what was named before by its like, and answers null for what is wrong. */
    private static <T> List<T> list(
            JsonFields fields, String name, BiFunction<JsonFields, Set<String>, @Nullable T> read) {
        JsonArray array = fields.array(name);
        List<T> items = new ArrayList<>();
        if (array == null) {
            return items;
        }
        if (array.size() > RULES_MAX) {
            fields.mistake(name, ProblemCode.WRONG_SIZE, name + " may hold at most " + RULES_MAX + " items.");
            return items;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            if (array.getValue(i) instanceof JsonObject object) {
                JsonFields item = fields.item(name, i, object);
                T rule = read.apply(item, seen);
                fields.mistakesOf(item);
                if (rule != null) {
                    items.add(rule);
                }
            } else {
                fields.mistake(name, i, ProblemCode.WRONG_TYPE, "Each of " + name + " must be an object.");
            }
        }
        return items;
    }

    private static Set<String> promotionalHoursOff(JsonFields fields) {
        Set<String> off = new HashSet<>();
        JsonFields countries = fields.child("promotional_hours");
        if (countries != null) {
            for (String country : PromotionalHours.COUNTRIES) {
                if (!countries.flag(country) && !countries.isMissing(country)) {
                    boolean _ = off.add(country);
                }
            }
            fields.mistakesOf(countries);
        }
        return off;
    }
}
