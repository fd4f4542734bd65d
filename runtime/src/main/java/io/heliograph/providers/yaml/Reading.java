package io.heliograph.providers.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One reading of a file: where its variables come from, and the mistakes that have been found so far. */
public final class Reading {
    /** A text with its variables filled in, and those that are not set and have no default. */
    record Filled(String text, List<String> unset) {}

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?}");

    private final Function<String, @Nullable String> variables;
    private final List<Mistake> mistakes = new ArrayList<>();

    public Reading(Function<String, @Nullable String> variables) {
        this.variables = variables;
    }

    void mistake(int line, String path, String what) {
        mistakes.add(new Mistake(line, (path.isEmpty() ? "the file" : path) + " " + what));
    }

    /** Something that was meant to be a variable would else be taken for the value itself. */
    static boolean isHalfVariable(String text) {
        return VARIABLE.matcher(text).replaceAll("").contains("${");
    }

    /** In the order of the file. What is looked at twice is told once. */
    public List<Mistake> mistakes() {
        return mistakes.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Mistake::line))
                .toList();
    }

    /** After YAML has been parsed, so that no variable's value can be taken for YAML. */
    Filled filledIn(String text) {
        List<String> unset = new ArrayList<>();
        String filled = VARIABLE.matcher(text).replaceAll(found -> {
            String value = variables.apply(found.group(1));
            if (value == null && found.group(3) == null) {
                unset.add(found.group(1));
            }
            return Matcher.quoteReplacement(value != null ? value : found.group(3) != null ? found.group(3) : "");
        });
        return new Filled(filled, unset);
    }
}
