package io.heliograph.gateway.booking.talk;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.gateway.booking.hearing.Said;
import io.heliograph.gateway.booking.texts.Language;
import io.heliograph.gateway.booking.texts.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What stands twice, or three times, is the same. */
class StageTest {
    private static final Pattern ARROW = Pattern.compile("(?m)^ +(\\w+) --> (\\w+)$");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");
    private static final Path REPOSITORY = Path.of("..");

    @Test
    void the_diagram_shows_the_stages_and_where_they_lead() throws IOException {
        String page = Files.readString(REPOSITORY.resolve("docs/booking-conversation.md"));

        Set<String> drawn = ARROW.matcher(page)
                .results()
                .map(arrow -> arrow.group(1) + " " + arrow.group(2))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(drawn).isEqualTo(arrows());
    }

    private static Set<String> arrows() {
        return Arrays.stream(Stage.values())
                .flatMap(stage -> stage.next().stream().map(next -> stage.word() + " " + next.word()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void the_database_knows_the_same_stages() throws IOException {
        String migration = Files.readString(
                REPOSITORY.resolve("db/src/main/resources/db/migration/V049__booking_conversation.sql"));
        String check = migration.substring(migration.indexOf("stage IN ("), migration.indexOf("language_is_known"));

        Set<String> known = Pattern.compile("'(\\w+)'")
                .matcher(check)
                .results()
                .map(word -> word.group(1))
                .collect(Collectors.toSet());

        assertThat(known).containsExactlyInAnyOrderElementsOf(Stage.WORDS);
    }

    @Test
    void every_sentence_stands_in_both_languages_with_the_same_placeholders() {
        Texts texts = Texts.read();

        assertThat(texts.names(Language.HINDI)).isEqualTo(texts.names(Language.ENGLISH));
        for (String name : texts.names(Language.ENGLISH)) {
            assertThat(placeholders(texts.raw(Language.HINDI, name)))
                    .as(name)
                    .isEqualTo(placeholders(texts.raw(Language.ENGLISH, name)));
        }
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(found -> found.group()).collect(Collectors.toSet());
    }

    @Test
    void slips_are_forgiven_where_troubles_are_told_and_not_where_names_are() {
        Said one = Said.of("straker");
        Said some = Said.of("i had a strokke");

        assertThat(Arrays.stream(Stage.values()).filter(stage -> stage.forgives(one)))
                .containsExactly(Stage.SYMPTOMS);
        assertThat(Arrays.stream(Stage.values()).filter(stage -> !stage.forgives(some)))
                .containsExactly(Stage.DETAILS);
    }

    @Test
    void what_stands_on_a_button_fits_there() {
        Texts texts = Texts.read();

        for (Language language : Language.values()) {
            texts.names(language).stream()
                    .filter(name -> name.startsWith("choice."))
                    .forEach(name -> assertThat(texts.raw(language, name)).hasSizeLessThanOrEqualTo(20));
        }
    }
}
