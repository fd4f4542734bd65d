package io.heliograph.providers.yaml;

import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** What is wrong with YAML in words of our own: the parser's quote the file, which may hold a secret. */
record YamlProblem(int line, String what) {
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

    /** Where it begins, if it is something that does not end. */
    private static int line(MarkedYAMLException e, String problem) {
        boolean isOpen = problem.startsWith("found unexpected end") || problem.startsWith("could not find expected");
        Mark mark = isOpen && e.getContextMark() != null ? e.getContextMark() : e.getProblemMark();
        return mark == null ? 1 : mark.getLine() + 1;
    }
}
