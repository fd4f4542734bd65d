package io.heliograph.gateway.booking.talk;

import io.heliograph.gateway.booking.hearing.Said;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which of the choices was taken: by its button, its number, or its name. */
final class Choosing {
    private static final Pattern NUMBER = Pattern.compile("(?:option |number |no |nr |choice )?(\\d{1,2})");

    private static final Pattern CUT = Pattern.compile("(?:\u2026|\\.\\.\\.)$");

    private Choosing() {}

    static @Nullable Choice of(List<Choice> choices, Heard heard) {
        if (heard.button() != null) {
            Choice pressed = byNumber(choices, heard.button());
            String label = heard.label() == null ? heard.button() : heard.label();
            // A button of an earlier question has a number that is another choice by now.
            boolean isItsOwn = pressed != null && (heard.label() == null || beginsWith(pressed.label(), label));
            return isItsOwn ? pressed : byName(choices, Said.of(label));
        }
        Choice numbered = byNumber(choices, String.join(" ", heard.said().words()));
        return numbered == null ? byName(choices, heard.said()) : numbered;
    }

    /** The number that was written and nothing else; null for none. */
    static @Nullable Integer number(String text) {
        Matcher number = NUMBER.matcher(text);
        return number.matches() ? Integer.valueOf(number.group(1)) : null;
    }

    /** Also where the label was cut to fit. */
    private static boolean beginsWith(String label, String shown) {
        return Said.of(label)
                .text()
                .startsWith(Said.of(CUT.matcher(shown).replaceFirst("")).text());
    }

    private static @Nullable Choice byNumber(List<Choice> choices, String text) {
        Integer number = number(text);
        return number == null || number < 1 || number > choices.size() ? null : choices.get(number - 1);
    }

    private static @Nullable Choice byName(List<Choice> choices, Said said) {
        for (Choice choice : choices) {
            List<String> words = Said.of(choice.label()).words();
            if (!words.isEmpty() && words.equals(said.words())) {
                return choice;
            }
        }
        return null;
    }
}
