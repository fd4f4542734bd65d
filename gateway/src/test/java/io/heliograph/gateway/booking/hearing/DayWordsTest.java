package io.heliograph.gateway.booking.hearing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which day is meant, on a Tuesday in November. */
class DayWordsTest {
    private static final LocalDate TUESDAY = LocalDate.parse("2026-11-24");
    private static final Ears EARS = Ears.make();

    @ParameterizedTest
    @CsvSource({
        "today, 2026-11-24",
        "tomorrow, 2026-11-25",
        "Tomorow!, 2026-11-25",
        "tmrw plz, 2026-11-25",
        "day after tomorrow, 2026-11-26",
        "the day after tomorrow at 10, 2026-11-26",
        "in 3 days, 2026-11-27",
        "in three days, 2026-11-27",
        "after 2 weeks, 2026-12-08",
        "in a week, 2026-12-01",
        "3 days later, 2026-11-27",
        "3 din baad, 2026-11-27",
        "do din baad, 2026-11-26",
        "monday, 2026-11-30",
        "next monday, 2026-11-30",
        "this friday, 2026-11-27",
        "wendesday, 2026-11-25",
        "on Thu, 2026-11-26",
        "25 Nov, 2026-11-25",
        "25th of november, 2026-11-25",
        "Nov 25, 2026-11-25",
        "Wed 25 Nov, 2026-11-25",
        "25/11, 2026-11-25",
        "25-11-2026, 2026-11-25",
        "25.11.26, 2026-11-25",
        "11/25, 2026-11-25",
        "2026-12-01, 2026-12-01",
        "1 Dec 2026, 2026-12-01",
        "3 jan, 2027-01-03",
        "28, 2026-11-28",
        "the 28th, 2026-11-28",
        "23, 2026-12-23",
        "31st, 2026-12-31",
        "aaj, 2026-11-24",
        "kal, 2026-11-25",
        "parso, 2026-11-26",
        "कल, 2026-11-25",
        "परसों सुबह, 2026-11-26",
        "सोमवार को, 2026-11-30",
        "अगले सोमवार, 2026-11-30",
        "२५ नवंबर, 2026-11-25",
        "25 तारीख, 2026-11-25",
        "somvar ko, 2026-11-30"
    })
    void is_one_day(String text, LocalDate day) {
        assertThat(hear(text)).isEqualTo(day.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "03/04, 2027-03-04 or 2027-04-03",
        "2/12, 2026-12-02 or 2027-02-12",
        "tuesday, 2026-11-24 or 2026-12-01",
        "next friday, 2026-11-27 or 2026-12-04",
        "weekend, 2026-11-28 or 2026-11-29",
        "tomorrow or friday, 2026-11-25 or 2026-11-27",
        "25 or 26 nov?, 2026-11-26",
        "next week, 2026-11-30 or 2026-12-01 or 2026-12-02 or 2026-12-03 or 2026-12-04 or 2026-12-05"
    })
    void may_be_one_of_several(String text, String days) {
        assertThat(hear(text)).isEqualTo(days);
    }

    @ParameterizedTest
    @CsvSource({
        "yesterday, past 2026-11-23",
        "20 Nov, past 2026-11-20",
        "23/11, past 2026-11-23",
        "1 Jan 2020, past 2020-01-01",
        "25/11/1999, past 1999-11-25",
        "31 feb, no such day",
        "32/13, no such day",
        "0, no such day",
        "40, no such day",
        "10:30, nothing",
        "10.30, nothing",
        "half past ten, nothing",
        "I may sit in the shade for a second, nothing",
        "march, nothing",
        "'', nothing"
    })
    void is_no_day_that_could_be_taken(String text, String why) {
        assertThat(hear(text)).isEqualTo(why);
    }

    @Property
    void never_fails_however_long_and_strange_the_text_is(@ForAll @StringLength(max = 10_000) String text) {
        assertThat(hear(text)).isNotNull();
    }

    @Property
    void never_fails_on_its_own_words_in_any_order(@ForAll("itsOwnWords") String text) {
        HeardDay heard = EARS.days().hear(Said.of(text), TUESDAY);

        if (heard instanceof HeardDay.On(LocalDate day, String _)) {
            assertThat(day).isAfterOrEqualTo(TUESDAY);
        }
    }

    @Provide
    Arbitrary<String> itsOwnWords() {
        return Arbitraries.of(
                        "next",
                        "this",
                        "in",
                        "a",
                        "monday",
                        "tue",
                        "25",
                        "31",
                        "0",
                        "99",
                        "feb",
                        "nov",
                        "2026",
                        "2027",
                        "/",
                        "-",
                        ".",
                        "week",
                        "days",
                        "three",
                        "later",
                        "tomorrow",
                        "कल",
                        "din",
                        "baad",
                        "th",
                        "weekend",
                        ":",
                        "day",
                        "after")
                .list()
                .ofMaxSize(200)
                .map(words -> String.join(" ", words)
                        .replace(" / ", "/")
                        .replace(" - ", "-")
                        .replace(" . ", "."));
    }

    private static String hear(String text) {
        return switch (EARS.days().hear(Said.of(text), TUESDAY)) {
            case HeardDay.On(LocalDate day, String _) -> day.toString();
            case HeardDay.OneOf(var days) ->
                days.stream().map(LocalDate::toString).collect(Collectors.joining(" or "));
            case HeardDay.Past(LocalDate day) -> "past " + day;
            case HeardDay.NoSuch _ -> "no such day";
            case HeardDay.Nothing _ -> "nothing";
        };
    }
}
