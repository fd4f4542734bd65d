package io.heliograph.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever is woken at three looks a number up in docs/operations.md: it has all that the processes count. */
class DocumentedMetricsTest {
    private static final Pattern NAME = Pattern.compile("\"(heliograph_[a-z_]*[a-z])\"");
    private static final List<String> PROCESSES =
            List.of("runtime", "gateway", "outbox-relay", "sender-worker", "webhook-sender");

    @Test
    void all_have_a_row() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "operations.md"));
        Set<String> names = new TreeSet<>();
        for (String process : PROCESSES) {
            names.addAll(namesIn(Path.of("..", process, "src", "main", "java")));
        }

        assertThat(names)
                .hasSizeGreaterThan(50)
                .allSatisfy(name -> assertThat(page).containsPattern("`" + name + "(_total|_seconds)?[`{]"));
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(DocumentedMetricsTest::names)
                    .toList();
        }
    }

    private static Stream<String> names(Path file) {
        try {
            return NAME
                    .matcher(Files.readString(file))
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
