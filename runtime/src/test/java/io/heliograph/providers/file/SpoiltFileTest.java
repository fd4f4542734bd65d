package io.heliograph.providers.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Goal: whatever is in the file, reading it ends with values or with mistakes, and no secret is quoted. Method: thousands of
 * slips of the pen in a file that has everything, from one seed.
 */
class SpoiltFileTest {
    private static final String SECRET = "S3cr3tV4lue";
    private static final String SLIPS = " \t\n:-{}[]'\"#&*!|>%@`,?+~09aZ$\u0000é";

    @Test
    void never_breaks_its_reader_and_never_tells_a_secret() throws Exception {
        String text = example();
        Random random = new Random(11);
        int broken = 0;
        for (int round = 0; round < 3_000; round++) {
            String spoilt = text;
            for (int slip = random.nextInt(4); slip >= 0; slip--) {
                spoilt = spoil(spoilt, random);
            }

            ProvidersFile.Content content = Texts.parse(spoilt, Map.of());

            if (content instanceof ProvidersFile.Content.Broken told) {
                broken++;
                assertThat(told.mistakes()).isNotEmpty();
                assertThat(told.toString()).doesNotContain(SECRET);
            }
        }
        assertThat(broken).isBetween(1_000, 3_000);
    }

    private static String example() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "operations.md"));
        String text = page.substring(page.lastIndexOf("```yaml\nproviders:") + "```yaml\n".length());
        return text.substring(0, text.indexOf("```")).replaceAll("\\$\\{[A-Z0-9_]+}", SECRET);
    }

    /** A character more, less, or another; or a line that is gone, or has lost its indentation. */
    private static String spoil(String text, Random random) {
        int at = random.nextInt(text.length());
        char slip = SLIPS.charAt(random.nextInt(SLIPS.length()));
        int lineEnd = text.indexOf('\n', at);
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at) + slip + text.substring(at);
            case 1 -> text.substring(0, at) + text.substring(at + 1);
            case 2 -> text.substring(0, at) + slip + text.substring(at + 1);
            case 3 -> lineEnd < 0 ? text : text.substring(0, at) + text.substring(lineEnd);
            default ->
                lineEnd < 0
                        ? text
                        : text.substring(0, lineEnd + 1)
                                + text.substring(lineEnd + 1).stripLeading();
        };
    }
}
