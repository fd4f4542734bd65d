package io.heliograph.gateway.notifications.settings;

import io.heliograph.gateway.notifications.hours.PromotionalHours;
import io.heliograph.gateway.notifications.settings.Settings.Cap;
import io.heliograph.gateway.notifications.settings.Settings.Digest;
import io.heliograph.gateway.notifications.settings.Settings.Quiet;
import io.heliograph.runtime.Durations;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings, as answers show them: what can be sent back. */
final class SettingView {
    private SettingView() {}

    static JsonObject of(Settings settings) {
        JsonObject promotional = new JsonObject();
        PromotionalHours.COUNTRIES.stream()
                .sorted()
                .forEach(country ->
                        promotional.put(country, !settings.promotionalHoursOff().contains(country)));
        return new JsonObject()
                .put("locale", settings.locale())
                .put("time_zone", settings.timeZone())
                .put(
                        "quiet_hours",
                        array(settings.quietHours().stream()
                                .map(SettingView::quiet)
                                .toList()))
                .put(
                        "caps",
                        array(settings.caps().stream().map(SettingView::cap).toList()))
                .put(
                        "digests",
                        array(settings.digests().stream()
                                .map(SettingView::digest)
                                .toList()))
                .put("promotional_hours", promotional)
                .put("code_limits", codeLimits(settings.codeLimits()))
                .put("inbox_days", settings.inboxDays())
                .put("retention", retention(settings.retention()));
    }

    /** By kind, who has set it, and what can be set. */
    static JsonObject inForce(Retention own, Map<String, Integer> days) {
        JsonObject shown = new JsonObject();
        for (Retention.Kind kind : Retention.Kind.values()) {
            shown.put(
                    kind.word(),
                    new JsonObject()
                            .put("days", days.get(kind.word()))
                            .put("set_by", own.days().containsKey(kind) ? "account" : "operator")
                            .put("days_min", kind.daysMin())
                            .put("days_max", kind.daysMax()));
        }
        return new JsonObject().put("retention", shown);
    }

    /** Without the kinds for which the operator's holds. */
    private static JsonObject retention(Retention retention) {
        JsonObject shown = new JsonObject();
        for (Retention.Kind kind : Retention.Kind.values()) {
            if (retention.days().get(kind) != null) {
                shown.put(kind.word(), retention.days().get(kind));
            }
        }
        return shown;
    }

    private static JsonObject quiet(Quiet rule) {
        JsonObject shown = scope(rule.category());
        if (!rule.country().isEmpty()) {
            shown.put("country", rule.country());
        }
        return rule.hours() == null
                ? shown.put("off", true)
                : shown.put("from", rule.hours().from().toString())
                        .put("to", rule.hours().to().toString());
    }

    private static JsonObject cap(Cap cap) {
        JsonObject shown = scope(cap.category());
        if (cap.daily() != null) {
            shown.put("daily", cap.daily());
        }
        if (cap.monthly() != null) {
            shown.put("monthly", cap.monthly());
        }
        return shown;
    }

    private static JsonObject codeLimits(CodeLimits limits) {
        JsonObject shown = new JsonObject();
        putIfPresent(shown, "per_number_hour", limits.perNumberHour());
        putIfPresent(shown, "per_number_day", limits.perNumberDay());
        putIfPresent(shown, "per_prefix_hour", limits.perPrefixHour());
        putIfPresent(shown, "per_client_ip_hour", limits.perClientIpHour());
        putIfPresent(shown, "per_account_minute", limits.perAccountMinute());
        return shown;
    }

    private static void putIfPresent(JsonObject json, String name, @Nullable Integer value) {
        if (value != null) {
            JsonObject _ = json.put(name, value);
        }
    }

    private static JsonObject digest(Digest digest) {
        return new JsonObject().put("type", digest.type()).put("window", Durations.write(digest.window()));
    }

    private static JsonObject scope(String category) {
        return category.isEmpty() ? new JsonObject() : new JsonObject().put("category", category);
    }

    private static JsonArray array(List<JsonObject> objects) {
        return new JsonArray(objects);
    }
}
