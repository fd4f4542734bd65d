package io.heliograph.gateway.sos.places;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Which of the names that are known somebody may have meant. Pure. */
final class NearestNames {
    private static final int NAMES_MAX = 3;
    /** Of the letters every third may be wrong. */
    private static final int LETTERS_PER_MISTAKE = 3;

    private record Near(String name, int distance) {}

    private NearestNames() {}

    /** {@code known} are names by their keys; the nearest comes first. */
    static List<String> to(String key, Map<String, String> known) {
        int mistakesMax = Math.max(1, key.length() / LETTERS_PER_MISTAKE);
        return known.entrySet().stream()
                .map(name -> new Near(name.getValue(), distance(key, name.getKey(), mistakesMax)))
                .filter(near -> near.distance() <= mistakesMax)
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .map(Near::name)
                .distinct()
                .limit(NAMES_MAX)
                .toList();
    }

    /** How many letters have to be put in, taken out, changed, or changed with their neighbour; more than {@code max} is told as max + 1. */
    static int distance(String a, String b, int max) {
        if (Math.abs(a.length() - b.length()) > max) {
            return max + 1;
        }
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, changed);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return Math.min(last[b.length()], max + 1);
    }
}
