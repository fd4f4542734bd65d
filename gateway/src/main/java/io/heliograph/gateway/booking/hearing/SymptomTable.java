package io.heliograph.gateway.booking.hearing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which kind of doctor a trouble is for, by an account's words and everybody's. */
public final class SymptomTable {
    /** Nothing that anybody has found in a text. */
    public static final Meaning NOTHING = new Meaning(List.of(), false);

    /**
     * A word, or some in a row.
     *
     * @param specialisation null for what only says that it is urgent
     * @param urgent whether the person must not wait for an appointment
     */
    public record Symptom(List<String> words, @Nullable String specialisation, boolean urgent) {
        public Symptom {
            words = List.copyOf(words);
        }

        public static Symptom of(String word, @Nullable String specialisation, boolean urgent) {
            return new Symptom(Said.of(word).words(), specialisation, urgent);
        }
    }

    /** What a text means: the specialisations that the most of it speaks for; none where it says nothing that is known. */
    public record Meaning(List<String> specialisations, boolean urgent) {
        public Meaning {
            specialisations = List.copyOf(specialisations);
        }
    }

    private final Map<String, List<Symptom>> byFirstWord = new HashMap<>();

    public SymptomTable(List<Symptom> symptoms) {
        for (Symptom symptom : symptoms) {
            if (!symptom.words().isEmpty()) {
                byFirstWord
                        .computeIfAbsent(symptom.words().getFirst(), _ -> new ArrayList<>())
                        .add(symptom);
            }
        }
    }

    public Meaning meaning(Said said) {
        return meaning(said, true);
    }

    /** {@code forgives}: what is one slip away from a word that is urgent is urgent too. */
    public Meaning meaning(Said said, boolean forgives) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        boolean urgent = false;
        int i = 0;
        while (i < said.words().size()) {
            List<String> rest = said.words().subList(i, said.words().size());
            Symptom found = longest(rest);
            urgent |= forgives ? found != null && found.urgent() : isUrgent(rest);
            if (found != null && found.specialisation() != null) {
                weights.merge(found.specialisation(), found.words().size(), Integer::sum);
            }
            i += found == null ? 1 : found.words().size();
        }
        int most = weights.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<String> likely = weights.entrySet().stream()
                .filter(entry -> entry.getValue() == most)
                .map(Map.Entry::getKey)
                .toList();
        return new Meaning(likely, urgent);
    }

    private boolean isUrgent(List<String> words) {
        return byFirstWord.getOrDefault(words.getFirst(), List.of()).stream()
                .filter(Symptom::urgent)
                .map(Symptom::words)
                .anyMatch(phrase -> phrase.size() <= words.size()
                        && words.subList(0, phrase.size()).equals(phrase));
    }

    /** "Chest pain" says more than "chest"; what is written right more than what may be meant. */
    private @Nullable Symptom longest(List<String> words) {
        Symptom exact = longest(byFirstWord.getOrDefault(words.getFirst(), List.of()), words);
        if (exact != null) {
            return exact;
        }
        Symptom best = null;
        for (Map.Entry<String, List<Symptom>> entry : byFirstWord.entrySet()) {
            if (Slips.same(words.getFirst(), entry.getKey())) {
                Symptom found = longest(entry.getValue(), words);
                best = found != null
                                && (best == null
                                        || found.words().size() > best.words().size())
                        ? found
                        : best;
            }
        }
        return best;
    }

    private static @Nullable Symptom longest(List<Symptom> candidates, List<String> words) {
        Symptom best = null;
        for (Symptom symptom : candidates) {
            int size = symptom.words().size();
            if (size <= words.size()
                    && Slips.same(words.subList(0, size), symptom.words())
                    && (best == null || size > best.words().size())) {
                best = symptom;
            }
        }
        return best;
    }
}
