package io.heliograph.gateway.analytics;

import io.heliograph.contract.Channel;
import io.heliograph.contract.Reason;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.QueryFields;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which messages are summed up, and how they are told apart.
 *
 * @param groupBy the words of the request, in its order
 * @param period null: all time is one
 * @param filters by dimension which values are counted; one that is not there: all
 * @param after null: from the first group on
 */
record AnalyticsAsked(
        Span span,
        List<String> groupBy,
        @Nullable Period period,
        Set<Dimension> dimensions,
        Map<Dimension, List<String>> filters,
        @Nullable GroupCursor after,
        int limit) {
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1_000;
    private static final int VALUES_MAX = 20;
    private static final int VALUES_LENGTH_MAX = 2_000;
    private static final int CURSOR_LENGTH_MAX = 2_000;
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    /** Throws the problem of a query that is not one, with all its mistakes. */
    static AnalyticsAsked read(MultiMap parameters, Instant now) {
        QueryFields query = new QueryFields(parameters);
        Span span = Span.read(query, now);
        List<String> groupBy = groupBy(query);
        Map<Dimension, List<String>> filters = new EnumMap<>(Dimension.class);
        Set<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            List<String> values = values(query, dimension);
            if (values != null) {
                filters.put(dimension, values);
            }
            if (groupBy.contains(dimension.word())) {
                dimensions.add(dimension);
            }
        }
        AnalyticsAsked asked = new AnalyticsAsked(
                span,
                groupBy,
                period(groupBy),
                dimensions,
                filters,
                cursor(query),
                query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX));
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return asked;
    }

    private static List<String> groupBy(QueryFields query) {
        List<String> words = list(query, "group_by");
        if (words == null) {
            return List.of();
        }
        boolean known = words.stream().allMatch(word -> Period.WORDS.contains(word) || Dimension.WORDS.contains(word));
        if (!known
                || new HashSet<>(words).size() < words.size()
                || words.stream().filter(Period.WORDS::contains).count() > 1) {
            query.mistake(
                    "group_by",
                    ProblemCode.NOT_ALLOWED,
                    "group_by lists at most one of " + String.join(", ", Period.WORDS) + ", and each at most once, "
                            + String.join(", ", Dimension.WORDS) + ".");
            return List.of();
        }
        return words;
    }

    private static @Nullable Period period(List<String> groupBy) {
        return Arrays.stream(Period.values())
                .filter(period -> groupBy.contains(period.word()))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable List<String> values(QueryFields query, Dimension dimension) {
        String name = dimension.word();
        List<String> values = list(query, name);
        if (values == null) {
            return null;
        }
        String wanted = switch (dimension) {
            case CHANNEL -> Channel.WORDS.containsAll(values) ? null : String.join(", ", Channel.WORDS);
            case REASON -> Reason.CODES.containsAll(values) ? null : String.join(", ", Reason.CODES);
            case COUNTRY -> values.stream().allMatch(COUNTRY.asMatchPredicate()) ? null : "two letters, such as IN";
            case TYPE, PROVIDER, VARIANT -> null;
        };
        if (wanted != null) {
            query.mistake(name, ProblemCode.NOT_ALLOWED, name + " lists some of: " + wanted + ".");
        }
        return values;
    }

    private static @Nullable List<String> list(QueryFields query, String name) {
        String text = query.text(name, VALUES_LENGTH_MAX);
        if (text == null) {
            return null;
        }
        List<String> values = List.of(text.split(",", -1));
        if (values.contains("")) {
            query.mistake(name, ProblemCode.EMPTY, name + " is a list with commas, and holds an empty word.");
        } else if (values.size() > VALUES_MAX) {
            query.mistake(name, ProblemCode.TOO_MANY, name + " lists at most " + VALUES_MAX + ".");
        } else {
            return values;
        }
        return null;
    }

    private static @Nullable GroupCursor cursor(QueryFields query) {
        String text = query.text("cursor", CURSOR_LENGTH_MAX);
        GroupCursor cursor = text == null ? null : GroupCursor.read(text);
        if (text != null && cursor == null) {
            query.mistake("cursor", ProblemCode.INVALID_CURSOR, "cursor must be the next_cursor of an earlier page.");
        }
        return cursor;
    }
}
