package io.heliograph.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    void belongs_to_one_process_at_a_time() throws Exception {
        try (DataDirectory first = DataDirectory.open(directory)) {
            assertThatThrownBy(() -> DataDirectory.open(first.path()))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("already running on " + first.path())
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--data");
        }

        DataDirectory.open(directory).close();
    }

    @Test
    void keeps_a_secret_for_its_owner_only() throws Exception {
        String made;
        try (DataDirectory data = DataDirectory.open(directory)) {
            made = data.secret("key", () -> "made first");
        }

        try (DataDirectory data = DataDirectory.open(directory)) {
            assertThat(data.secret("key", () -> "made later")).isEqualTo(made);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void says_what_to_do_when_the_directory_cannot_be_used() throws Exception {
        Path file = Files.createFile(directory.resolve("a file"));

        assertThatThrownBy(() -> DataDirectory.open(file.resolve("below")))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("--data");
    }
}
