package io.heliograph.gateway.booking.hearing;

import static io.heliograph.gateway.booking.hearing.Alternatives.whole;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the time of day that is meant. An hour up to twelve is two times, where nothing says which. */
public final class TimeWords {
    private static final Pattern NOWHERE = Pattern.compile("(?!)");

    private final Numbers numbers;
    private final Map<String, Object> parts;
    private final Map<String, List<String>> partWords;
    private final Vocabulary vocabulary;
    private final List<Rule> rules;
    private final Pattern part;
    private final Pattern alone;
    private final Pattern anywhere;

    private record Rule(Pattern pattern, Reading reading) {}

    private interface Reading {
        @Nullable
        List<LocalTime> of(MatchResult found);
    }

    public TimeWords(Words words) {
        this.numbers = new Numbers(words);
        this.parts = words.map("parts_of_day");
        this.partWords = words.table("parts_of_day");
        this.vocabulary =
                new Vocabulary(partWords.values().stream().flatMap(List::stream).toList());
        this.part = whole("(" + Alternatives.of(partWords) + ")");
        this.alone = Pattern.compile("^(?:at )?" + numbers.expression + "$");
        this.anywhere = whole(numbers.expression);
        this.rules = rules(words.table("clock"));
    }

    private List<Rule> rules(Map<String, List<String>> clock) {
        String half = "(?: ?(" + of(clock, "am") + ")| ?(" + of(clock, "pm") + "))";
        String number = numbers.expression;
        return List.of(
                new Rule(
                        whole("(\\d{1,2})[:.](\\d{2})" + half + "?"),
                        found -> times(number(found, 1), number(found, 2), found.group(3), found.group(4))),
                new Rule(
                        whole(number + half),
                        found -> times(numbers.of(found.group(1)), 0, found.group(2), found.group(3))),
                new Rule(
                        whole("(\\d{1,2})(\\d{2}) ?(?:hrs|hours)"),
                        found -> times(number(found, 1), number(found, 2), null, null)),
                new Rule(
                        whole(of(clock, "half_past") + " " + number),
                        found -> times(numbers.of(found.group(1)), 30, null, null)),
                new Rule(
                        whole(of(clock, "quarter_past") + " " + number),
                        found -> times(numbers.of(found.group(1)), 15, null, null)),
                new Rule(whole(of(clock, "quarter_to") + " " + number), found -> before(numbers.of(found.group(1)))),
                new Rule(whole(of(clock, "half_past_one")), found -> times(1, 30, null, null)),
                new Rule(whole(of(clock, "half_past_two")), found -> times(2, 30, null, null)),
                new Rule(
                        whole(number + " (15|30|45|fifteen|thirty|forty five)"),
                        found -> times(numbers.of(found.group(1)), numbers.of(found.group(2)), null, null)),
                new Rule(
                        whole(number + " ?" + of(clock, "oclock")),
                        found -> times(numbers.of(found.group(1)), 0, null, null)),
                new Rule(whole("at " + number), found -> times(numbers.of(found.group(1)), 0, null, null)),
                new Rule(whole(of(clock, "noon")), found -> List.of(LocalTime.NOON)),
                new Rule(whole(of(clock, "midnight")), found -> List.of(LocalTime.MIDNIGHT)));
    }

    private static String of(Map<String, List<String>> clock, String name) {
        return Alternatives.of(Objects.requireNonNull(clock.get(name), name));
    }

    /** {@code alone} takes a number for an hour that nothing says is one. */
    public HeardTime hear(String said, boolean numberIsHour) {
        String text = vocabulary.putRight(said);
        HeardTime.During during = during(text);
        String rest = part.matcher(text).replaceAll(" ").strip();
        // "Five in the evening": beside a part of the day any number is an hour.
        List<LocalTime> times = times(rest, during != null ? anywhere : numberIsHour ? alone : NOWHERE);
        if (times.isEmpty()) {
            return during == null ? new HeardTime.Nothing() : during;
        }
        List<LocalTime> then = during == null
                ? List.of()
                : times.stream().filter(during::holds).toList();
        return new HeardTime.At(then.isEmpty() ? times : then);
    }

    /** {@code hour} finds a number that nothing says is an hour. */
    private List<LocalTime> times(String text, Pattern hour) {
        for (Rule rule : rules) {
            Matcher found = rule.pattern().matcher(text);
            if (found.find()) {
                List<LocalTime> times = rule.reading().of(found.toMatchResult());
                return times == null ? List.of() : times;
            }
        }
        Matcher number = hour.matcher(text);
        List<LocalTime> times = number.find() ? times(numbers.of(number.group(1)), 0, null, null) : null;
        return times == null ? List.of() : times;
    }

    private HeardTime.@Nullable During during(String text) {
        Matcher found = part.matcher(text);
        if (!found.find()) {
            return null;
        }
        String name = Alternatives.key(partWords, found.group(1));
        Map<?, ?> hours = (Map<?, ?>) Objects.requireNonNull(parts.get(name));
        return new HeardTime.During(hour(hours, "from"), hour(hours, "to"));
    }

    private static int hour(Map<?, ?> hours, String name) {
        return (Integer) Objects.requireNonNull(hours.get(name), name);
    }

    private static @Nullable List<LocalTime> before(int hour) {
        return times(hour == 0 ? 23 : hour - 1, 45, null, null);
    }

    /** Null where no clock shows it. */
    private static @Nullable List<LocalTime> times(int hour, int minute, @Nullable String am, @Nullable String pm) {
        if (hour > 23 || minute > 59) {
            return null;
        }
        List<LocalTime> times = new ArrayList<>();
        LocalTime written = LocalTime.of(hour, minute);
        if (hour == 0 || hour > 12) {
            times.add(written);
        } else {
            Stream.of(hour % 12, hour % 12 + 12)
                    .filter(possible -> possible < 12 ? pm == null : am == null)
                    .map(possible -> LocalTime.of(possible, minute))
                    .forEach(times::add);
        }
        return times;
    }

    private static int number(MatchResult found, int group) {
        return Integer.parseInt(found.group(group));
    }
}
