package io.heliograph.gateway.notifications.campaigns.running;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.notifications.deciding.Decision;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a campaign has missed.
 *
 * @param statuses of their messages
 * @param reasons for which they got none
 * @param joined with those who have become users since
 */
record Missed(List<String> statuses, List<String> reasons, boolean joined) {
    /** In which nobody has it. What nobody knows of (outcome_unknown) is left out: somebody may have it. */
    private static final List<String> STATUSES = List.of("failed", "undelivered", "expired", "refused", "canceled");

    private static final List<String> STATUSES_DEFAULT = List.of("failed", "undelivered", "expired");
    private static final List<String> REASONS =
            Arrays.stream(Decision.Reason.values()).map(Decision.Reason::word).toList();

    /** Without a body: whose message failed, and nobody else. */
    static Missed read(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        List<String> statuses = words(fields, "statuses", STATUSES);
        List<String> reasons = words(fields, "skip_reasons", REASONS);
        boolean joined = fields.flag("joined");
        CampaignActions.require(fields.mistakes());
        boolean saysNothing = statuses == null && reasons == null && !joined;
        return new Missed(
                saysNothing ? STATUSES_DEFAULT : statuses == null ? List.of() : statuses,
                reasons == null ? List.of() : reasons,
                joined);
    }

    /** As it is stored and shown. */
    JsonObject json() {
        return new JsonObject()
                .put("statuses", new JsonArray(statuses))
                .put("skip_reasons", new JsonArray(reasons))
                .put("joined", joined);
    }

    static Problem cannotHaveJoined() {
        return Problem.of(
                ProblemCode.NOT_ALLOWED,
                "joined is for a campaign to users: nobody joins an audience that was uploaded.");
    }

    private static @Nullable List<String> words(JsonFields fields, String name, List<String> known) {
        JsonArray given = fields.array(name);
        if (given == null) {
            return null;
        }
        for (int i = 0; i < given.size(); i++) {
            if (!(given.getValue(i) instanceof String word) || !known.contains(word)) {
                fields.mistake(
                        name, i, ProblemCode.NOT_ALLOWED, "Each must be one of: " + String.join(", ", known) + ".");
            }
        }
        return given.stream().map(String::valueOf).distinct().toList();
    }
}
