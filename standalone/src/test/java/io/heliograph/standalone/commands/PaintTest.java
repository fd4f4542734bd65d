package io.heliograph.standalone.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaintTest {
    @Test
    void colours_what_became_of_something_at_a_terminal_only() {
        assertThat(new Paint(true).status("delivered", 11)).isEqualTo("\u001b[32mdelivered  \u001b[0m");
        assertThat(new Paint(true).status("skipped", 1)).contains("[33m");
        assertThat(new Paint(true).status("undelivered", 1)).contains("[31m");
        assertThat(new Paint(false).status("delivered", 11)).isEqualTo("delivered  ");
    }
}
