package io.heliograph.gateway.notifications.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
    @Test
    void are_names_with_the_sections_around_them() {
        Placeholders found =
                Placeholders.of("{{a}} {{#items}}{{-index}}: {{ b }}{{^c}}{{.}}{{/c}}{{/items}} {{! nothing }}");

        assertThat(found.mistakes()).isEmpty();
        assertThat(found.uses())
                .containsExactly(
                        new Placeholders.Use("a", List.of(), false, false),
                        new Placeholders.Use("items", List.of(), true, false),
                        new Placeholders.Use("b", List.of("items"), false, false),
                        new Placeholders.Use("c", List.of("items"), true, false),
                        new Placeholders.Use(".", List.of("items", "^c"), false, false));
    }

    @Test
    void know_where_a_browser_would_follow_them() {
        Placeholders found = Placeholders.of("<a href=\"{{u}}\">{{v}}</a><img SRC = '{{w}}'>");

        assertThat(found.uses()).extracting(Placeholders.Use::isLink).containsExactly(true, false, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{{raw}}}",
                "{{&raw}}",
                "{{> other}}",
                "{{<parent}}{{/parent}}",
                "{{$block}}{{/block}}",
                "{{=<% %>=}}",
                "{{a.b}}",
                "{{a b}}",
                "{{A}}",
                "{{}}",
                "{{ open",
                "closed }}",
                "{{#a}} no end",
                "{{/a}}",
                "{{#a}}{{#b}}{{/a}}{{/b}}",
                "{{-index}}",
                "{{#a}}{{#b}}{{#c}}{{#d}}{{#e}}{{#f}}{{/f}}{{/e}}{{/d}}{{/c}}{{/b}}{{/a}}",
            })
    void are_nothing_else(String source) {
        assertThat(Placeholders.of(source).mistakes()).isNotEmpty();
    }

    @Test
    void are_not_without_end() {
        assertThat(Placeholders.of("{{a}}".repeat(200)).mistakes()).isEmpty();
        assertThat(Placeholders.of("{{a}}".repeat(201)).mistakes()).isNotEmpty();
    }
}
