package io.heliograph.standalone.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateFilesTest {
    @TempDir
    private Path directory;

    @Test
    void are_read_as_they_were_written() throws Exception {
        JsonObject all = new JsonObject("""
                {"types": {"order_eaten": {"category": "orders", "priority": "regular", "channels": ["sms"],
                           "variables": {"dish": {"type": "text", "optional": false, "phi_safe": false}}}},
                 "templates": {"en": {"order_eaten": {"sms": {"text": "{{dish}}: \\"gone\\"\\nlong ago # not a comment"}}},
                               "hi": {"order_eaten": {"sms": {"text": "{{dish}} खा लिया गया।"}}}}}""");

        assertThat(TemplateFiles.write(directory, all)).hasSize(3);

        assertThat(TemplateFiles.read(directory)).isEqualTo(all);
        assertThat(Files.readString(directory.resolve("templates/hi.yaml"))).contains("खा लिया गया");
    }

    @Test
    void are_refused_with_the_mistakes_of_all_of_them() throws Exception {
        Files.createDirectories(directory.resolve("templates"));
        Files.writeString(directory.resolve("types.yaml"), "a: {b: 1, b: 2}");
        Files.writeString(directory.resolve("templates/en.yaml"), "- a list");
        Files.writeString(directory.resolve("templates/hi.yaml"), "a: [");

        assertThatThrownBy(() -> TemplateFiles.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(
                        "types.yaml", "duplicate key", "en.yaml holds no mapping", "hi.yaml", "line 1");
    }

    @Test
    void must_be_there() {
        assertThatThrownBy(() -> TemplateFiles.read(directory)).hasMessageContaining("there is neither");
    }

    @Test
    void are_named_where_the_gateway_finds_a_mistake() {
        assertThat(TemplateFiles.place("/templates/hi/order_created/sms/text"))
                .isEqualTo("templates/hi.yaml: order_created.sms.text");
        assertThat(TemplateFiles.place("/types/a~1b/variables/x")).isEqualTo("types.yaml: a/b.variables.x");
    }
}
