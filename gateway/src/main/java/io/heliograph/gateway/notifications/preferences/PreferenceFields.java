package io.heliograph.gateway.notifications.preferences;

import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what is to be switched. Throws the problem of a body that is wrong, with all its mistakes. */
final class PreferenceFields {
    private static final Duration VALID_FOR_DEFAULT = Duration.ofDays(30);
    private static final Duration VALID_FOR_MIN = Duration.ofMinutes(1);
    private static final Duration VALID_FOR_MAX = Duration.ofDays(365);

    private PreferenceFields() {}

    /** Empty is a switch that is to stand again as if the user had never touched it. */
    static Map<Switch, Optional<Boolean>> read(JsonObject body, Set<Switch> known) {
        JsonFields fields = new JsonFields(body, "");
        Map<Switch, Optional<Boolean>> changes = new LinkedHashMap<>();
        JsonFields categories = fields.child("preferences");
        if (categories != null) {
            known.stream().map(Switch::category).distinct().forEach(category -> {
                JsonFields channels = categories.child(category);
                if (channels != null) {
                    read(channels, body.getJsonObject("preferences").getJsonObject(category), category, known, changes);
                    categories.mistakesOf(channels);
                }
            });
            fields.mistakesOf(categories);
        } else if (fields.isMissing("preferences")) {
            fields.mistake("preferences", ProblemCode.MISSING, "preferences is required.");
        }
        refuse(fields.mistakes());
        return changes;
    }

    private static void read(
            JsonFields channels,
            JsonObject given,
            String category,
            Set<Switch> known,
            Map<Switch, Optional<Boolean>> changes) {
        known.stream().filter(one -> one.category().equals(category)).forEach(one -> {
            boolean on = channels.flag(one.channel());
            if (given.containsKey(one.channel())) {
                Optional<Boolean> _ =
                        changes.put(one, channels.isMissing(one.channel()) ? Optional.empty() : Optional.of(on));
            }
        });
    }

    /** How long a link is to be good. */
    static Duration validFor(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        Duration validFor = fields.duration("valid_for", VALID_FOR_MIN, VALID_FOR_MAX);
        refuse(fields.mistakes());
        return validFor == null ? VALID_FOR_DEFAULT : validFor;
    }

    private static void refuse(Mistakes mistakes) {
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
    }
}
