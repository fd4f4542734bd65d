package io.heliograph.providers.yaml;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of the file, which may be missing. What is wrong with it is told with its path and line; the getters answer
 * something harmless then.
 */
public final class YamlValue {
    private static final String EMPTY = "is empty: give it a value, or take it out";

    private final Reading reading;
    private final String path;
    private final int line;
    private final @Nullable Node node;
    private final boolean isNull;

    /** Without a node it is missing, and the line is that of what should hold it. */
    YamlValue(Reading reading, String path, int line, @Nullable Node node) {
        this.reading = reading;
        this.path = path;
        this.line = line;
        this.isNull = node != null && node.getTag().equals(Tag.NULL);
        this.node = isNull ? null : node;
    }

    /** Its key is there, and it does not come to nothing as <code>${NAME:-}</code> may. */
    public boolean isGiven() {
        return isNull || (node != null && !comesToNothing());
    }

    /**
     * Its key is there, and nothing behind it. That may be a slip of the pen, and would else be as if the key was not there:
     * a limit that is none. So all getters tell of it.
     */
    public boolean isEmpty() {
        return isNull
                || (node instanceof ScalarNode scalar && scalar.getValue().isBlank())
                || (node instanceof SequenceNode list && list.getValue().isEmpty());
    }

    /** Missing, or a list or a mapping with nothing in it. */
    public boolean isNothing() {
        return node == null
                || (node instanceof CollectionNode<?> list && list.getValue().isEmpty());
    }

    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    public int line() {
        return line;
    }

    public void mistake(String what) {
        reading.mistake(line, path, what);
    }

    /** Null when it is missing, or comes to nothing. */
    public @Nullable String text() {
        return parsed("a text", Function.identity());
    }

    public String text(String defaultValue) {
        String text = text();
        return text == null ? defaultValue : text;
    }

    /** Empty when it is missing, which is a mistake. */
    public String requiredText() {
        Reading.Filled filled = node instanceof ScalarNode scalar
                ? reading.filledIn(scalar.getValue())
                : new Reading.Filled("", List.of());
        if (filled.text().isBlank() && (node == null || node instanceof ScalarNode)) {
            mistake(
                    filled.unset().isEmpty()
                            ? "is missing"
                            : "is missing: " + filled.unset().getFirst() + " is not set");
            return "";
        }
        return text("");
    }

    /** The same of one that has to match. */
    public String requiredMatching(String regex, String wants) {
        String text = requiredText().isEmpty() ? null : matching(regex, wants);
        return text == null ? "" : text;
    }

    /** Null, and a mistake, when it is there and does not match. */
    public @Nullable String matching(String regex, String wants) {
        return parsed(wants, text -> Scalars.matching(text, regex));
    }

    public int integer(int defaultValue, int min, int max) {
        String wants = min == max ? Integer.toString(min) : "a whole number from " + min + " to " + max;
        Integer value = parsed(wants, text -> Scalars.integer(text, min, max));
        return value == null ? defaultValue : value;
    }

    /** Messages a second; null when it is missing. */
    public @Nullable Double perSecond() {
        return parsed("a number from 0.001 to 1000000", Scalars::perSecond);
    }

    /** Null when it is missing. */
    public @Nullable BigDecimal price() {
        return parsed("a price: a number such as 0.0079, not below 0", Scalars::price);
    }

    public Duration duration(Duration defaultValue) {
        Duration duration = parsed("a duration such as 250ms, 5s or 10m, at most 30d", Scalars::duration);
        return duration == null ? defaultValue : duration;
    }

    /** One of some words; null when it is missing. */
    public <T> @Nullable T word(List<String> words, Function<String, T> of) {
        String text = text();
        if (text == null) {
            return null;
        }
        if (!words.contains(text)) {
            String nearest = Nearest.to(text, words);
            mistake("wants one of " + String.join(", ", words)
                    + (nearest == null ? "" : "; did you mean " + nearest + "?"));
            return null;
        }
        return of.apply(text);
    }

    /** The items of a list. A single value is a list of one; what is missing is an empty one. */
    public List<YamlValue> items() {
        if (isEmpty()) {
            mistake(EMPTY);
            return List.of();
        }
        if (node instanceof SequenceNode sequence) {
            List<YamlValue> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                String itemPath = path + "[" + items.size() + "]";
                items.add(new YamlValue(reading, itemPath, item.getStartMark().getLine() + 1, item));
            }
            return items;
        }
        if (node instanceof MappingNode) {
            mistake("wants a list");
            return List.of();
        }
        return node == null ? List.of() : List.of(this);
    }

    /** Empty when it is missing. */
    public YamlMapping mapping() {
        if (isEmpty()) {
            mistake(EMPTY);
        } else if (node != null && !(node instanceof MappingNode)) {
            mistake("wants a mapping");
        }
        return new YamlMapping(reading, path, line, node instanceof MappingNode mapping ? mapping : null);
    }

    /** By its variables, which is how a file says that they may be missing. */
    private boolean comesToNothing() {
        if (isEmpty() || !(node instanceof ScalarNode scalar)) {
            return false;
        }
        Reading.Filled filled = reading.filledIn(scalar.getValue());
        return filled.text().isEmpty() && filled.unset().isEmpty();
    }

    private <T> @Nullable T parsed(String wants, Function<String, T> parse) {
        if (isEmpty()) {
            mistake(EMPTY);
            return null;
        }
        if (node == null || comesToNothing()) {
            return null;
        }
        if (!(node instanceof ScalarNode scalar)) {
            mistake("wants " + wants);
            return null;
        }
        Reading.Filled filled = reading.filledIn(scalar.getValue());
        if (filled.text().chars().anyMatch(Character::isISOControl)) {
            // Such as the line break at the end of a secret that was stored with an editor.
            mistake("holds a line break or another control character");
            return null;
        }
        if (Reading.isHalfVariable(scalar.getValue())) {
            mistake("has a ${ that is neither ${NAME} nor ${NAME:-default}");
            return null;
        }
        if (!filled.unset().isEmpty()) {
            // A limit or a password that silently was not there would be found out too late.
            String name = filled.unset().getFirst();
            mistake("names the variable " + name + ", which is not set (${" + name + ":-} if it need not be)");
            return null;
        }
        try {
            return parse.apply(filled.text());
        } catch (IllegalArgumentException _) {
            mistake("wants " + wants);
            return null;
        }
    }
}
