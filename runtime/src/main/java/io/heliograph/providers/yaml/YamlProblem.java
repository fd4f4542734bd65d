package io.heliograph.providers.yaml;

import java.io.StringReader;
import java.util.List;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.reader.StreamReader;

/** What is wrong with YAML in words of our own: the parser's quote the file, which may hold a secret. */
record YamlProblem(int line, String what) {
    /** The parser's own limit. */
    private static final int NESTING_MAX = 50;

    /** How the parser's words begin, and what is meant. */
    private record Word(String begin, String meaning) {}

    private static final List<Word> WORDS = List.of(
            new Word("expected <block end>", ": the indentation does not fit"),
            new Word("expected ','", ": a bracket is not closed"),
            new Word("found unexpected end of stream", ": a quote is not closed"),
            new Word(
                    "mapping values are not allowed here",
                    ": there is a colon too many, or the indentation does not fit"),
            new Word("could not find expected ':'", ": a colon is missing"),
            new Word("found character '\\t", ": a tab cannot indent"),
            new Word("found character", ": a value has to stand in quotes"),
            new Word("found undefined alias", ": a value that begins with * has to stand in quotes"),
            new Word("but found another document", ": --- begins a second document"));

    static YamlProblem of(MarkedYAMLException e) {
        String problem = e.getProblem() == null ? "" : e.getProblem();
        String meaning = WORDS.stream()
                .filter(word -> problem.startsWith(word.begin()))
                .map(Word::meaning)
                .findFirst()
                .orElse("");
        return new YamlProblem(line(e, problem), "is not YAML" + meaning);
    }

    /** Of what the parser refuses without saying where. */
    static YamlProblem of(String text) {
        if (text.codePointCount(0, text.length()) > YamlText.CHARACTERS_MAX) {
            return new YamlProblem(1, "is longer than " + YamlText.CHARACTERS_MAX + " characters");
        }
        int odd = text.codePoints()
                .takeWhile(StreamReader::isPrintable)
                .map(Character::charCount)
                .sum();
        if (odd < text.length()) {
            return new YamlProblem(lineAt(text, odd), "holds a control character");
        }
        int deep = lineOfNesting(text);
        return deep > 0
                ? new YamlProblem(deep, "is more than " + NESTING_MAX + " brackets and indentations deep")
                : new YamlProblem(1, "refers to its own parts too often");
    }

    private static int lineAt(String text, int end) {
        return 1
                + (int) text.chars()
                        .limit(end)
                        .filter(character -> character == '\n')
                        .count();
    }

    /** Where it gets too deep; 0 when it does not before its YAML ends. */
    private static int lineOfNesting(String text) {
        int depth = 0;
        try {
            for (Event event : new Yaml().parse(new StringReader(text))) {
                depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
                if (depth > NESTING_MAX) {
                    return event.getStartMark().getLine() + 1;
                }
            }
        } catch (MarkedYAMLException _) {
            return 0;
        }
        return 0;
    }

    /** Where it begins, if it is something that does not end. */
    private static int line(MarkedYAMLException e, String problem) {
        boolean isOpen = problem.startsWith("found unexpected end") || problem.startsWith("could not find expected");
        Mark mark = isOpen && e.getContextMark() != null ? e.getContextMark() : e.getProblemMark();
        return mark == null ? 1 : mark.getLine() + 1;
    }
}
