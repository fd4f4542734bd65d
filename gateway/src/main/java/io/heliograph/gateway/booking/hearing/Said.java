package io.heliograph.gateway.booking.hearing;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a person wrote, as it is compared: in small letters, with plain digits, without accents and without what nobody sees. Its words are what is
 * left without punctuation.
 */
public record Said(String text, List<String> words) {
    /** Whoever writes more has said by then what it is about; the rest is not read. */
    public static final int READ_MAX = 600;

    public static final Said NOTHING = new Said("", List.of());

    /** Signs that stand inside of dates and times. */
    private static final String INSIDE = ":/.-+";

    private static final char NUKTA = '\u093C';
    private static final char CHANDRABINDU = '\u0901';
    private static final char ANUSVARA = '\u0902';

    public Said {
        words = List.copyOf(words);
    }

    public static Said of(String raw) {
        String begun = raw.length() > READ_MAX ? raw.substring(0, READ_MAX) : raw;
        String small = Normalizer.normalize(begun, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String text = spaced(Normalizer.normalize(small, Normalizer.Form.NFD));
        List<String> words = Arrays.stream(text.split("[ :/.+-]+"))
                .filter(word -> !word.isEmpty())
                .toList();
        return new Said(text, words);
    }

    private static String spaced(String decomposed) {
        StringBuilder text = new StringBuilder(decomposed.length());
        decomposed.codePoints().forEach(point -> {
            if (isLeftOut(point)) {
                return;
            }
            if (Character.isDigit(point)) {
                text.append(Character.digit(point, 10));
            } else if (point == CHANDRABINDU) {
                text.append(ANUSVARA);
            } else if (isOfWord(point) || INSIDE.indexOf(point) >= 0) {
                text.appendCodePoint(point);
            } else if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
                text.append(' ');
            }
        });
        return text.toString().strip();
    }

    /** Accents, the dot below Hindi letters, apostrophes, joiners, and what says how a sign is drawn. */
    private static boolean isLeftOut(int point) {
        return (point >= 0x300 && point <= 0x36F)
                || point == NUKTA
                || point == '\''
                || point == '\u2019'
                || (point >= 0xFE00 && point <= 0xFE0F)
                || Character.getType(point) == Character.FORMAT;
    }

    private static boolean isOfWord(int point) {
        int type = Character.getType(point);
        return Character.isLetter(point)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    /** Nothing of it can be read: signs, pictures, or not even those. */
    public boolean isWordless() {
        return words.isEmpty();
    }

    /** Whether these words stand in it one after another. */
    public boolean has(List<String> phrase) {
        for (int i = 0; i + phrase.size() <= words.size(); i++) {
            if (Slips.same(words.subList(i, i + phrase.size()), phrase)) {
                return true;
            }
        }
        return false;
    }

    /** The person's script, where the words tell it. */
    public boolean isDevanagari() {
        return text.codePoints().anyMatch(point -> point >= 0x0904 && point <= 0x0939);
    }
}
