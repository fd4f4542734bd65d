package io.heliograph.gateway.booking.texts;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Speaks one language: its sentences, and its way to write days and times. */
public final class Voice {
    private static final int NOON = 12;
    private static final int EVENING = 16;
    private static final int NIGHT = 20;

    private final Texts texts;
    private final Language language;
    private final DateTimeFormatter days;
    private final DateTimeFormatter daysOfYears;
    private final DateTimeFormatter times;

    Voice(Texts texts, Language language) {
        this.texts = texts;
        this.language = language;
        String weekday = language == Language.HINDI ? "EEEE, " : "EEEE ";
        this.days = DateTimeFormatter.ofPattern(weekday + "d MMMM", language.locale());
        this.daysOfYears = DateTimeFormatter.ofPattern(weekday + "d MMMM yyyy", language.locale());
        this.times = DateTimeFormatter.ofPattern("h:mm", language.locale());
    }

    public String say(String name) {
        return say(name, Map.of());
    }

    public String say(String name, Map<String, String> values) {
        return Texts.filled(texts.raw(language, name), values);
    }

    /** The sentence, or the one without the name or number where that is not known. */
    public String sayOrNameless(String name, String placeholder, @Nullable String value) {
        return value == null ? say(name + "_nameless") : say(name, Map.of(placeholder, value));
    }

    /** With its year only where it is another one. */
    public String day(LocalDate day, LocalDate today) {
        return (day.getYear() == today.getYear() ? days : daysOfYears).format(day);
    }

    public String time(LocalTime time) {
        int hour = time.getHour();
        String part = hour < NOON ? "morning" : hour < EVENING ? "afternoon" : hour < NIGHT ? "evening" : "night";
        return say("parts." + part, Map.of("time", times.format(time)));
    }

    /** Of a kind of doctor; as it is written where we have no name for it. */
    public String specialisation(String word) {
        String name = "specialisation." + word;
        return texts.knows(language, name) ? texts.raw(language, name) : word;
    }
}
