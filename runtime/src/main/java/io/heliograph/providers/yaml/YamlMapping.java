package io.heliograph.providers.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A mapping of the file. Whoever reads it ends with {@link #refuseOtherKeys}, so that no slip of the pen is ignored. */
public final class YamlMapping {
    /** What a key looks like. Anything else may be a secret that slipped out of its place, and is not repeated. */
    private static final String SHOWN_KEY = "[a-z][a-z_]{0,31}";

    private record Entry(int line, Node value) {}

    private final Reading reading;
    private final String path;
    private final int line;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<String> known = new TreeSet<>();

    /** Without a node it is empty. */
    YamlMapping(Reading reading, String path, int line, @Nullable MappingNode node) {
        this.reading = reading;
        this.path = path;
        this.line = line;
        if (node != null) {
            node.getValue().forEach(this::add);
        }
    }

    private void add(NodeTuple tuple) {
        int keyLine = tuple.getKeyNode().getStartMark().getLine() + 1;
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            reading.mistake(keyLine, path, "has a key that is not a word");
            return;
        }
        Entry earlier = entries.putIfAbsent(key.getValue(), new Entry(keyLine, tuple.getValueNode()));
        if (earlier != null) {
            reading.mistake(keyLine, shown(key.getValue()), "is given twice, first in line " + earlier.line());
        }
    }

    public Set<String> keys() {
        return entries.keySet();
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    public YamlValue at(String key) {
        known.add(key);
        Entry entry = entries.get(key);
        String keyPath = path.isEmpty() ? key : path + "." + key;
        return entry == null
                ? new YamlValue(reading, keyPath, line, null)
                : new YamlValue(reading, keyPath, entry.line(), entry.value());
    }

    public YamlMapping child(String key) {
        return at(key).mapping();
    }

    /** Tells of the keys that nobody has asked for. */
    public void refuseOtherKeys() {
        refuseOtherKeys("");
    }

    /** {@code more} is said after the keys that there may be. */
    public void refuseOtherKeys(String more) {
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                reading.mistake(entry.line(), shown(key), "is not known" + hint(key, more));
            }
        });
    }

    public void mistake(String what) {
        reading.mistake(line, path, what);
    }

    /** For what is wrong with a key itself. */
    public void mistakeAt(String key, String what) {
        Entry entry = entries.get(key);
        reading.mistake(entry == null ? line : entry.line(), shown(key), what);
    }

    private String hint(String key, String more) {
        List<String> words =
                known.stream().filter(word -> word.matches(SHOWN_KEY)).toList();
        String nearest = Nearest.to(key, words);
        return nearest == null ? "; known are " + String.join(", ", words) + more : "; did you mean " + nearest + "?";
    }

    private String shown(String key) {
        boolean harmless = known.contains(key) || key.matches(SHOWN_KEY);
        String name = harmless ? key : "(a key)";
        return path.isEmpty() ? name : path + "." + name;
    }
}
