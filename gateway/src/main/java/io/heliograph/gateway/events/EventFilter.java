package io.heliograph.gateway.events;

import io.heliograph.contract.Channel;
import io.heliograph.events.EventType;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.QueryFields;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events somebody wants, as endpoints filter theirs.
 *
 * @param types null for all
 * @param channels null for all; what belongs to no channel passes any
 */
public record EventFilter(
        @Nullable Set<String> types, @Nullable Set<String> channels) {
    private static final int LENGTH_MAX = 1_000;

    public static EventFilter read(QueryFields query) {
        return new EventFilter(words(query, "types", EventType.WORDS), words(query, "channels", Channel.WORDS));
    }

    public boolean isAll() {
        return types == null && channels == null;
    }

    public boolean matches(String type, @Nullable String channel) {
        return (types == null || types.contains(type))
                && (channels == null || channel == null || channels.contains(channel));
    }

    private static @Nullable Set<String> words(QueryFields query, String name, List<String> known) {
        String text = query.text(name, LENGTH_MAX);
        if (text == null) {
            return null;
        }
        List<String> words = List.of(text.split(",", -1));
        if (!known.containsAll(words)) {
            query.mistake(
                    name,
                    ProblemCode.NOT_ALLOWED,
                    name + " must be some of these, with commas between: " + String.join(", ", known) + ".");
            return null;
        }
        return Set.copyOf(words);
    }
}
