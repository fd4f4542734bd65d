package io.heliograph.gateway.booking.hearing;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Words that are put right where one slip has made something else of them. */
final class Vocabulary {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+");

    private final Set<String> words = new HashSet<>();

    Vocabulary(Collection<String> phrases) {
        phrases.forEach(phrase -> WORD.matcher(phrase).results().forEach(word -> words.add(word.group())));
    }

    String putRight(String text) {
        return WORD.matcher(text).replaceAll(found -> putRightWord(found.group()));
    }

    private String putRightWord(String word) {
        if (words.contains(word)) {
            return word;
        }
        return words.stream()
                .filter(meant -> Slips.same(word, meant))
                .sorted()
                .findFirst()
                .orElse(word);
    }
}
