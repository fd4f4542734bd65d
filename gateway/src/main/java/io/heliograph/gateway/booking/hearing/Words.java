package io.heliograph.gateway.booking.hearing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The words that the conversation knows, from the file beside the code. */
public final class Words {
    private static final String FILE = "/booking/words.yaml";
    /** Whoever needs more words says more than a command. */
    private static final int COMMAND_WORDS_MAX = 6;

    private final Map<String, Object> file;
    private final Set<String> filler;
    private final Map<Command, List<List<String>>> commands = new EnumMap<>(Command.class);
    private final Map<Mention, List<List<String>>> mentions = new EnumMap<>(Mention.class);

    private Words(Map<String, Object> file) {
        this.file = file;
        this.filler = new HashSet<>(list("filler"));
        for (Command command : Command.values()) {
            commands.put(command, phrases("commands", command.word()));
        }
        for (Mention mention : Mention.values()) {
            mentions.put(mention, phrases("mentions", mention.word()));
        }
    }

    /** Reads the file; a mistake in it is a mistake of ours. */
    public static Words read() {
        try (InputStream in = Objects.requireNonNull(Words.class.getResourceAsStream(FILE), FILE)) {
            return new Words(new Yaml(new SafeConstructor(new LoaderOptions())).load(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the message as a whole asks for, with and without what is polite around it; null for nothing. */
    public @Nullable Command command(Said said) {
        List<String> told =
                said.words().stream().filter(word -> !filler.contains(word)).toList();
        if (told.size() > COMMAND_WORDS_MAX) {
            return null;
        }
        Command whole = command(said.words());
        return whole == null && !told.isEmpty() ? command(told) : whole;
    }

    private @Nullable Command command(List<String> words) {
        for (Map.Entry<Command, List<List<String>>> command : commands.entrySet()) {
            for (List<String> phrase : command.getValue()) {
                if (phrase.equals(words)) {
                    return command.getKey();
                }
            }
        }
        for (Map.Entry<Command, List<List<String>>> command : commands.entrySet()) {
            for (List<String> phrase : command.getValue()) {
                if (phrase.size() == words.size() && Slips.same(words, phrase)) {
                    return command.getKey();
                }
            }
        }
        return null;
    }

    public boolean mentions(Said said, Mention mention) {
        return Objects.requireNonNull(mentions.get(mention)).stream().anyMatch(said::has);
    }

    /** As they are compared. */
    List<String> list(String name) {
        return texts(file.get(name));
    }

    /** Words by what they stand for. */
    Map<String, List<String>> table(String name) {
        Map<String, List<String>> table = new java.util.LinkedHashMap<>();
        map(name)
                .forEach((key, words) ->
                        table.put(key, texts(words instanceof Map<?, ?> more ? more.get("words") : words)));
        return table;
    }

    @SuppressWarnings("unchecked") // What else is in the file is a mistake of ours.
    Map<String, Object> map(String name) {
        return (Map<String, Object>) Objects.requireNonNull(file.get(name), name);
    }

    private List<List<String>> phrases(String name, String word) {
        return ((List<?>) Objects.requireNonNull(map(name).get(word), word))
                .stream()
                        .map(phrase -> Said.of((String) phrase).words())
                        .filter(words -> !words.isEmpty())
                        .toList();
    }

    private static List<String> texts(@Nullable Object list) {
        List<String> texts = new ArrayList<>();
        ((List<?>) Objects.requireNonNull(list))
                .forEach(text -> texts.add(Said.of((String) text).text()));
        return texts;
    }
}
