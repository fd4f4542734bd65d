package io.heliograph.gateway.sos.badges;

import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A donor gets this badge who did something so often.
 *
 * @param withinMinutes of the alert; of quick_yes, and null else
 */
record BadgeRule(
        String badge,
        String title,
        String metric,
        int atLeast,
        @Nullable Integer withinMinutes,
        boolean isEnabled) {
    private static final String QUICK_YES = "quick_yes";
    private static final List<String> METRICS = List.of("answers", "yes", "shared", QUICK_YES);
    private static final int TITLE_LENGTH_MAX = 100;
    private static final int AT_LEAST_MAX = 10_000;
    private static final int MINUTES_MAX = 24 * 60;

    /** Throws the problem of a body that is no rule, with all its mistakes. */
    static BadgeRule read(String badge, JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        String title = fields.requiredText("title", TITLE_LENGTH_MAX);
        String metric = fields.oneOf("metric", METRICS, "");
        if (fields.isMissing("metric")) {
            fields.mistake("metric", ProblemCode.MISSING, "metric is required.");
        }
        int atLeast = fields.integer("at_least", 1, 1, AT_LEAST_MAX);
        int minutes = fields.integer("within_minutes", 0, 1, MINUTES_MAX);
        if (metric.equals(QUICK_YES) == fields.isMissing("within_minutes")) {
            fields.mistake(
                    "within_minutes",
                    ProblemCode.NOT_ALLOWED,
                    "within_minutes is required of " + QUICK_YES + ", and of nothing else.");
        }
        boolean isEnabled = fields.isMissing("enabled") || fields.flag("enabled");
        Object _ = fields.any("enabled");
        Mistakes mistakes = fields.mistakes();
        if (title == null || !mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return new BadgeRule(badge, title, metric, atLeast, metric.equals(QUICK_YES) ? minutes : null, isEnabled);
    }
}
