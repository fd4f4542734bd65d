package io.heliograph.gateway.booking.hearing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which time of the day is meant. */
class TimeWordsTest {
    private static final Ears EARS = Ears.make();

    @ParameterizedTest
    @CsvSource({
        "10, 10:00 or 22:00",
        "at 5, 05:00 or 17:00",
        "five, 05:00 or 17:00",
        "16, 16:00",
        "10:30, 10:30 or 22:30",
        "10.30, 10:30 or 22:30",
        "16:45, 16:45",
        "10:30 am, 10:30",
        "4 pm, 16:00",
        "4pm, 16:00",
        "4 p.m., 16:00",
        "12 pm, 12:00",
        "12 am, 00:00",
        "half past ten, 10:30 or 22:30",
        "quarter past 4, 04:15 or 16:15",
        "quarter to five, 04:45 or 16:45",
        "ten thirty, 10:30 or 22:30",
        "10 o'clock, 10:00 or 22:00",
        "noon, 12:00",
        "10 in the morning, 10:00",
        "5 in the evening, 17:00",
        "evning 5, 17:00",
        "4 baje, 04:00 or 16:00",
        "subah 10 baje, 10:00",
        "shaam 5 baje, 17:00",
        "साढ़े चार बजे, 04:30 or 16:30",
        "शाम साढ़े चार बजे, 16:30",
        "दस बजे, 10:00 or 22:00",
        "सुबह १० बजे, 10:00",
        "पौने पांच बजे, 04:45 or 16:45",
        "dhai baje, 02:30 or 14:30",
        "1630 hrs, 16:30"
    })
    void is_this_time(String text, String times) {
        assertThat(hear(text)).isEqualTo(times);
    }

    @ParameterizedTest
    @CsvSource({"morning, 5-12", "in the afternoon please, 12-17", "evening, 16-21", "शाम को, 16-21", "subah, 5-12"})
    void is_this_part_of_the_day(String text, String hours) {
        assertThat(hear(text)).isEqualTo(hours);
    }

    @ParameterizedTest
    @CsvSource({"25:00, nothing", "10:75, nothing", "99, nothing", "whenever, nothing", "'', nothing"})
    void is_no_time(String text, String nothing) {
        assertThat(hear(text)).isEqualTo(nothing);
    }

    @Property
    void never_fails_however_long_and_strange_the_text_is(@ForAll @StringLength(max = 10_000) String text) {
        assertThat(hear(text)).isNotNull();
    }

    private static String hear(String text) {
        return switch (EARS.times().hear(Said.of(text).text(), true)) {
            case HeardTime.At(var times) ->
                times.stream().map(LocalTime::toString).collect(Collectors.joining(" or "));
            case HeardTime.During(int from, int to) -> from + "-" + to;
            case HeardTime.Nothing _ -> "nothing";
        };
    }
}
