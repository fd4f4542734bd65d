package io.heliograph.gateway.booking.hearing;

import static io.heliograph.gateway.booking.hearing.Alternatives.whole;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the day that is meant. What can be two days is both of them, whoever asks decides: a day that was guessed is one on which somebody waits in
 * vain. Decision 32 says why no library does it.
 */
public final class DayWords {
    /** A date without its year that has passed for so long is next year's. */
    private static final int CENTURY = 100;

    private static final int THIS_CENTURY = 2_000;
    private static final int PAST_DAYS_MAX = 180;

    private static final int NUMBERED_DAYS_MAX = 366;
    private static final int DAYS_TOLD_MAX = 6;

    private final Numbers numbers;
    private final Map<String, List<String>> weekdays;
    private final Map<String, List<String>> months;
    private final Map<String, List<String>> relative;
    private final Vocabulary vocabulary;
    private final List<Rule> rules;
    private final Pattern dayAlone;

    /** Finds something, and says which days that is; null where the calendar has no such day. */
    private record Rule(Rank rank, Pattern pattern, Reading reading) {}

    private interface Reading {
        @Nullable
        List<LocalDate> of(MatchResult found, LocalDate today);
    }

    /** Where a date is written out, a weekday beside it says nothing more. */
    private enum Rank {
        DATE,
        WORD
    }

    public DayWords(Words words) {
        this.numbers = new Numbers(words);
        this.weekdays = words.table("weekdays");
        this.months = words.table("months");
        this.relative = words.table("relative_days");
        List<String> all = Stream.of(weekdays, months, relative)
                .flatMap(table -> table.values().stream().flatMap(List::stream))
                .toList();
        this.vocabulary = new Vocabulary(all);
        this.rules = rules(words);
        this.dayAlone = Pattern.compile("(?:the |" + Alternatives.of(words.list("this")) + " )?(\\d{1,2}) ?"
                + Alternatives.of(words.list("day_of_month")) + "?");
    }

    private List<Rule> rules(Words words) {
        String month = "(" + Alternatives.of(months) + ")";
        String weekday = "(" + Alternatives.of(weekdays) + ")";
        String ordinal = " ?" + Alternatives.of(words.list("day_of_month")) + "?";
        String isThis = Alternatives.of(words.list("this"));
        String isNext = Alternatives.of(words.list("next"));
        String week = Alternatives.of(words.list("week"));
        String days = "(?:(" + Alternatives.of(words.list("days")) + ")|" + Alternatives.of(words.list("weeks")) + ")";
        return List.of(
                new Rule(Rank.DATE, whole("(\\d{4})-(\\d{1,2})-(\\d{1,2})"), (found, today) -> written(found, 3, 2, 1)),
                new Rule(Rank.DATE, whole("(\\d{1,2})[/-](\\d{1,2})(?:[/-](\\d{4}|\\d{2}))?"), DayWords::numeric),
                // With dots only the day comes first; half past ten is no date.
                new Rule(
                        Rank.DATE,
                        whole("(\\d{1,2})\\.(0?[1-9]|1[0-2])(?:\\.(\\d{4}|\\d{2}))?"),
                        (found, today) -> ofYear(today, found.group(3), number(found, 2), number(found, 1))),
                new Rule(
                        Rank.DATE,
                        whole("(\\d{1,2})" + ordinal + " ?(?:of )?-?" + month + "(?:[ -](\\d{4}))?"),
                        (found, today) -> ofYear(today, found.group(3), month(found.group(2)), number(found, 1))),
                new Rule(
                        Rank.DATE,
                        whole(month + "[ -]?(\\d{1,2})" + ordinal + "(?: (\\d{4}))?"),
                        (found, today) -> ofYear(today, found.group(3), month(found.group(1)), number(found, 2))),
                new Rule(
                        Rank.WORD,
                        whole(Alternatives.of(words.list("before_days")) + " (?:a )?" + numbers.expression + "? ?"
                                + days),
                        this::later),
                new Rule(
                        Rank.WORD,
                        whole(numbers.expression + " " + days + " " + Alternatives.of(words.list("after_days"))),
                        this::later),
                new Rule(
                        Rank.WORD,
                        whole("(" + Alternatives.of(relative) + ")"),
                        (found, today) -> List.of(today.plusDays(Integer.parseInt(key(relative, found.group(1)))))),
                new Rule(
                        Rank.WORD,
                        whole(isNext + " " + weekday),
                        (found, today) -> nextWeekday(today, weekday(found.group(1)))),
                new Rule(
                        Rank.WORD,
                        whole(isThis + " " + weekday),
                        (found, today) -> List.of(today.with(TemporalAdjusters.nextOrSame(weekday(found.group(1)))))),
                new Rule(Rank.WORD, whole(isNext + " " + week), (found, today) -> daysOfNextWeek(today)),
                new Rule(
                        Rank.WORD,
                        whole(Alternatives.of(words.list("weekend"))),
                        (found, today) -> Stream.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY)
                                .map(day -> today.with(TemporalAdjusters.nextOrSame(day)))
                                .toList()),
                new Rule(Rank.WORD, whole(weekday), (found, today) -> anyWeekday(today, weekday(found.group(1)))));
    }

    public HeardDay hear(Said said, LocalDate today) {
        String text = vocabulary.putRight(said.text());
        var alone = dayAlone.matcher(text);
        if (alone.matches()) {
            return dayOfMonth(today, Integer.parseInt(alone.group(1)));
        }
        List<LocalDate> found = new ArrayList<>();
        boolean impossible = false;
        Rank rank = Rank.WORD;
        for (Rule rule : rules) {
            if (rule.rank() == Rank.WORD && rank == Rank.DATE) {
                text = rule.pattern().matcher(text).replaceAll(" ");
                continue;
            }
            for (MatchResult match : rule.pattern().matcher(text).results().toList()) {
                List<LocalDate> days = rule.reading().of(match, today);
                if (days == null) {
                    impossible = true;
                } else {
                    found.addAll(days);
                    rank = rule.rank() == Rank.DATE ? Rank.DATE : rank;
                }
            }
            text = rule.pattern().matcher(text).replaceAll(" ");
        }
        return heard(found, impossible, today, text.strip());
    }

    private static HeardDay heard(List<LocalDate> found, boolean impossible, LocalDate today, String rest) {
        List<LocalDate> ahead = found.stream()
                .filter(day -> !day.isBefore(today))
                .distinct()
                .sorted()
                .limit(DAYS_TOLD_MAX)
                .toList();
        if (ahead.size() == 1) {
            return new HeardDay.On(ahead.getFirst(), rest);
        }
        if (!ahead.isEmpty()) {
            return new HeardDay.OneOf(ahead);
        }
        if (!found.isEmpty()) {
            return new HeardDay.Past(found.getFirst());
        }
        return impossible ? new HeardDay.NoSuch() : new HeardDay.Nothing();
    }

    /** The next month that has such a day, beginning with this one. */
    private static HeardDay dayOfMonth(LocalDate today, int day) {
        if (day < 1 || day > 31) {
            return new HeardDay.NoSuch();
        }
        LocalDate month = today.withDayOfMonth(1);
        while (day > month.lengthOfMonth() || month.withDayOfMonth(day).isBefore(today)) {
            month = month.plusMonths(1);
        }
        return new HeardDay.On(month.withDayOfMonth(day), "");
    }

    /** 25/11 is one day to everybody; 03/04 is two. */
    private static @Nullable List<LocalDate> numeric(MatchResult found, LocalDate today) {
        List<LocalDate> dayFirst = ofYear(today, found.group(3), number(found, 2), number(found, 1));
        List<LocalDate> monthFirst = ofYear(today, found.group(3), number(found, 1), number(found, 2));
        if (dayFirst == null || monthFirst == null) {
            return dayFirst == null ? monthFirst : dayFirst;
        }
        return Stream.concat(dayFirst.stream(), monthFirst.stream()).toList();
    }

    private static @Nullable List<LocalDate> written(MatchResult found, int day, int month, int year) {
        return date(number(found, year), number(found, month), number(found, day));
    }

    private static @Nullable List<LocalDate> ofYear(LocalDate today, @Nullable String year, int month, int day) {
        if (year != null) {
            int written = Integer.parseInt(year);
            return date(written < CENTURY ? written + THIS_CENTURY : written, month, day);
        }
        List<LocalDate> thisYear = date(today.getYear(), month, day);
        if (thisYear == null || ChronoUnit.DAYS.between(thisYear.getFirst(), today) <= PAST_DAYS_MAX) {
            return thisYear;
        }
        return date(today.getYear() + 1, month, day);
    }

    private static @Nullable List<LocalDate> date(int year, int month, int day) {
        try {
            return List.of(LocalDate.of(year, month, day));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** In a week, in three days. */
    private @Nullable List<LocalDate> later(MatchResult found, LocalDate today) {
        int count = found.group(1) == null ? 1 : numbers.of(found.group(1));
        int days = found.group(2) == null ? count * 7 : count;
        return days > NUMBERED_DAYS_MAX ? null : List.of(today.plusDays(days));
    }

    /** On a Tuesday, "Tuesday" is today or the next one. */
    private static List<LocalDate> anyWeekday(LocalDate today, DayOfWeek weekday) {
        LocalDate coming = today.with(TemporalAdjusters.next(weekday));
        return today.getDayOfWeek() == weekday ? List.of(today, coming) : List.of(coming);
    }

    /** On a Tuesday, "next Friday" is the coming one to some and the one after it to others; "next Monday" is one to all. */
    private static List<LocalDate> nextWeekday(LocalDate today, DayOfWeek weekday) {
        LocalDate coming = today.with(TemporalAdjusters.next(weekday));
        boolean isThisWeek =
                coming.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) == today.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
        return isThisWeek ? List.of(coming, coming.plusWeeks(1)) : List.of(coming);
    }

    private static List<LocalDate> daysOfNextWeek(LocalDate today) {
        LocalDate monday = today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
        return IntStream.range(0, DAYS_TOLD_MAX).mapToObj(monday::plusDays).toList();
    }

    private DayOfWeek weekday(String word) {
        return DayOfWeek.valueOf(key(weekdays, word));
    }

    private int month(String word) {
        return Month.valueOf(key(months, word)).getValue();
    }

    private static String key(Map<String, List<String>> table, String word) {
        return Objects.requireNonNull(Alternatives.key(table, word));
    }

    private static int number(MatchResult found, int group) {
        return Integer.parseInt(found.group(group));
    }
}
