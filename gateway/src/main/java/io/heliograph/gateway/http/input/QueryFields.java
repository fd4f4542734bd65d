package io.heliograph.gateway.http.input;

import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Texts;
import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a query as {@link JsonFields} reads a body: all mistakes at once. */
public final class QueryFields {
    private final MultiMap query;
    private final List<FieldMistake> mistakes = new ArrayList<>();
    private final Set<String> known = new TreeSet<>();

    public QueryFields(MultiMap query) {
        this.query = query;
    }

    public @Nullable String text(String name, int lengthMax) {
        boolean _ = known.add(name);
        List<String> values = query.getAll(name);
        if (values.isEmpty()) {
            return null;
        }
        String text = values.getFirst();
        if (values.size() > 1) {
            mistake(name, ProblemCode.REPEATED_PARAMETER, name + " may stand in the query once.");
        } else if (!Texts.isStorable(text)) {
            mistake(name, ProblemCode.INVALID_TEXT, name + " holds a NUL or half of a character.");
        } else if (text.length() > lengthMax) {
            mistake(name, ProblemCode.TOO_LONG, name + " must be at most " + lengthMax + " characters long.");
        } else {
            return text;
        }
        return null;
    }

    public @Nullable String oneOf(String name, List<String> words) {
        String word = text(name, Integer.MAX_VALUE);
        if (word != null && !words.contains(word)) {
            mistake(name, ProblemCode.NOT_ALLOWED, name + " must be one of: " + String.join(", ", words) + ".");
            return null;
        }
        return word;
    }

    public int integer(String name, int defaultValue, int min, int max) {
        String text = text(name, Integer.MAX_VALUE);
        try {
            int value = text == null ? defaultValue : Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number that is out of range.
        }
        mistake(name, ProblemCode.NOT_ALLOWED, name + " must be a whole number from " + min + " to " + max + ".");
        return defaultValue;
    }

    public @Nullable Instant time(String name) {
        String text = text(name, Integer.MAX_VALUE);
        try {
            // A plus sign that was not escaped arrives as a space.
            return text == null
                    ? null
                    : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            mistake(
                    name,
                    ProblemCode.INVALID_TIME,
                    name + " must be a time with its offset, such as 2026-12-01T10:00:00Z.");
            return null;
        }
    }

    public @Nullable UUID cursor(String name) {
        String text = text(name, Integer.MAX_VALUE);
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            mistake(name, ProblemCode.INVALID_CURSOR, name + " must be the next_cursor of an earlier page.");
            return null;
        }
    }

    public void mistake(String name, ProblemCode code, String detail) {
        mistakes.add(FieldMistake.inParameter(name, code, detail));
    }

    /** Everything that is wrong, unknown parameters included: call it after all of them were read. */
    public List<FieldMistake> mistakes() {
        String names = String.join(", ", known);
        query.names().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> mistake(name, ProblemCode.UNKNOWN_PARAMETER, "Known are: " + names + "."));
        return List.copyOf(mistakes);
    }
}
