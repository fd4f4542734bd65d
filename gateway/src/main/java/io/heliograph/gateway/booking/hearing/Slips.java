package io.heliograph.gateway.booking.hearing;

import java.util.List;

/**
 * Words with one slip of the finger: a letter too many, too few, another, or two in the wrong order. Short words are other words with a slip
 * ("back" and "book"), so they have to be right.
 */
final class Slips {
    private static final int LENGTH_MIN = 5;

    private Slips() {}

    static boolean same(List<String> words, List<String> phrase) {
        for (int i = 0; i < phrase.size(); i++) {
            if (!same(words.get(i), phrase.get(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean same(String word, String meant) {
        return word.equals(meant) || (meant.length() >= LENGTH_MIN && isOneSlip(word, meant));
    }

    /** Damerau's distance is one: one walk to the first difference is enough to tell. */
    static boolean isOneSlip(String word, String meant) {
        int more = word.length() - meant.length();
        if (more < -1 || more > 1) {
            return false;
        }
        int i = 0;
        while (i < Math.min(word.length(), meant.length()) && word.charAt(i) == meant.charAt(i)) {
            i++;
        }
        if (more == 1) {
            return rest(word, i + 1).equals(rest(meant, i));
        }
        if (more == -1) {
            return rest(word, i).equals(rest(meant, i + 1));
        }
        return rest(word, i + 1).equals(rest(meant, i + 1)) || areSwapped(word, meant, i);
    }

    private static boolean areSwapped(String word, String meant, int i) {
        return i + 1 < word.length()
                && word.charAt(i) == meant.charAt(i + 1)
                && word.charAt(i + 1) == meant.charAt(i)
                && rest(word, i + 2).equals(rest(meant, i + 2));
    }

    private static String rest(String text, int from) {
        return from >= text.length() ? "" : text.substring(from);
    }
}
