package io.heliograph.gateway.webhooks;

import io.heliograph.contract.Channel;
import io.heliograph.events.EventType;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.CallableUrls;
import io.heliograph.gateway.http.input.JsonFields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what clients say about endpoints. Throws the problem of a body that is none, with all its mistakes. */
public final class EndpointFields {
    static final int URL_LENGTH_MAX = 2_048;
    static final int DESCRIPTION_LENGTH_MAX = 500;
    private static final Duration OVERLAP_DEFAULT = Duration.ofHours(24);
    private static final Duration OVERLAP_MAX = Duration.ofDays(7);

    /**
     * @param eventTypes null for all
     * @param channels null for all
     */
    record NewEndpoint(
            String url,
            @Nullable String description,
            @Nullable List<String> eventTypes,
            @Nullable List<String> channels) {}

    /**
     * What is to be different. Null stands for itself where the body has the field, and for "as before" where it has not.
     *
     * @param url null for as before
     */
    record Change(
            @Nullable String url,
            boolean setsDescription,
            @Nullable String description,
            boolean setsEventTypes,
            @Nullable List<String> eventTypes,
            boolean setsChannels,
            @Nullable List<String> channels) {}

    private final CallableUrls targets;

    EndpointFields(CallableUrls targets) {
        this.targets = targets;
    }

    NewEndpoint readNew(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        String url = url(fields, fields.requiredText("url", URL_LENGTH_MAX));
        NewEndpoint endpoint = new NewEndpoint(
                url == null ? "" : url,
                fields.text("description", DESCRIPTION_LENGTH_MAX),
                words(fields, "event_types", EventType.WORDS),
                words(fields, "channels", Channel.WORDS));
        requireNoMistake(fields);
        return endpoint;
    }

    Change readChange(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        String url = null;
        if (body.containsKey("url")) {
            url = url(fields, fields.requiredText("url", URL_LENGTH_MAX));
        }
        Change change = new Change(
                url,
                body.containsKey("description"),
                fields.text("description", DESCRIPTION_LENGTH_MAX),
                body.containsKey("event_types"),
                words(fields, "event_types", EventType.WORDS),
                body.containsKey("channels"),
                words(fields, "channels", Channel.WORDS));
        requireNoMistake(fields);
        return change;
    }

    /** For how long the secret before stays good. */
    static Duration readOverlap(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        Duration overlap = fields.duration("overlap", Duration.ZERO, OVERLAP_MAX);
        requireNoMistake(fields);
        return overlap == null ? OVERLAP_DEFAULT : overlap;
    }

    private @Nullable String url(JsonFields fields, @Nullable String url) {
        String mistake = url == null ? null : targets.mistake(url);
        if (mistake != null) {
            fields.mistake("url", ProblemCode.INVALID_URL, mistake);
        }
        return url;
    }

    /** Null when it is missing, and for all. */
    public static @Nullable List<String> words(JsonFields fields, String name, List<String> known) {
        JsonArray array = fields.array(name);
        if (array == null) {
            return null;
        }
        if (array.isEmpty()) {
            fields.mistake(name, ProblemCode.EMPTY, name + " must not be empty; leave it out for all.");
        }
        if (array.size() > known.size()) {
            fields.mistake(name, ProblemCode.TOO_MANY, name + " takes each of its words once.");
            return null;
        }
        Set<String> words = new LinkedHashSet<>();
        for (int i = 0; i < array.size(); i++) {
            if (array.getValue(i) instanceof String word && known.contains(word)) {
                boolean _ = words.add(word);
            } else {
                fields.mistake(
                        name, i, ProblemCode.NOT_ALLOWED, "This must be one of: " + String.join(", ", known) + ".");
            }
        }
        return List.copyOf(words);
    }

    private static void requireNoMistake(JsonFields fields) {
        var mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
    }
}
