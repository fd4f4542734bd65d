package io.heliograph.gateway.booking.texts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** All sentences, by language and name: from the file beside the code, read once. */
public final class Texts {
    private static final String FILE = "/booking/texts.yaml";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)}");

    private final Map<Language, Map<String, String>> texts;

    private Texts(Map<Language, Map<String, String>> texts) {
        this.texts = texts;
    }

    /** Reads the file; a mistake in it is a mistake of ours. */
    public static Texts read() {
        try (InputStream in = Objects.requireNonNull(Texts.class.getResourceAsStream(FILE), FILE)) {
            Map<String, Object> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            Map<Language, Map<String, String>> texts = new EnumMap<>(Language.class);
            for (Language language : Language.values()) {
                Map<String, String> its = new HashMap<>();
                flatten("", (Map<?, ?>) Objects.requireNonNull(file.get(language.code())), its);
                texts.put(language, its);
            }
            return new Texts(texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flatten(String prefix, Map<?, ?> names, Map<String, String> texts) {
        names.forEach((name, text) -> {
            if (text instanceof Map<?, ?> more) {
                flatten(prefix + name + ".", more, texts);
            } else {
                texts.put(prefix + name, (String) text);
            }
        });
    }

    public Voice in(Language language) {
        return new Voice(this, language);
    }

    public Set<String> names(Language language) {
        return Objects.requireNonNull(texts.get(language)).keySet();
    }

    public String raw(Language language, String name) {
        return Objects.requireNonNull(
                Objects.requireNonNull(texts.get(language)).get(name), name);
    }

    boolean knows(Language language, String name) {
        return Objects.requireNonNull(texts.get(language)).containsKey(name);
    }

    /** What is put in is not looked at for placeholders of its own. */
    static String filled(String text, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(Objects.requireNonNull(values.get(found.group(1)), found.group(1))));
    }
}
