package io.heliograph.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts that find changed sources at the same time, in a tree with a Maven that builds until it is told to end. */
class ScriptLockTest {
    private static final List<String> COMMANDS =
            List.of("bash", "cat", "dirname", "find", "head", "mkdir", "mv", "readlink", "rm", "sed", "sleep", "touch");

    @TempDir
    private Path root;

    @BeforeEach
    void plant() throws Exception {
        Files.copy(Path.of("..", "heliograph"), root.resolve("heliograph"));
        write("pom.xml", "");
        write("standalone/pom.xml", "");
        write("standalone/src/main/Changed.java", "");
        write("jdk/release", "JAVA_VERSION=\"25\"\n");
        program("jdk/bin/javac", "");
        program("jdk/bin/java", "");
        program("bin/mvn", "echo built >>'" + root + "/builds'; read -r _ <'" + root + "/end'");
        for (String command : COMMANDS) {
            link(command);
        }
        assertThat(new ProcessBuilder("mkfifo", root.resolve("end").toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void builds_once_for_two_of_them_with_and_without_flock(boolean flock) throws Exception {
        // In CI a test without it fails.
        assumeTrue(!flock || link("flock") || "true".equals(System.getenv("CI")));
        Process first = start();
        BufferedReader ofFirst = first.inputReader();
        assertThat(ofFirst.readLine()).startsWith("Building");
        Process second = start();
        BufferedReader ofSecond = second.inputReader();
        assertThat(ofSecond.readLine()).startsWith("Waiting for another start");

        Files.writeString(root.resolve("end"), "\n");

        assertThat(status(first)).isZero();
        assertThat(status(second)).isZero();
        assertThat(ofSecond.readLine()).isNull();
        assertThat(root.resolve("builds")).hasContent("built");
    }

    @Test
    void says_what_to_remove_when_one_was_killed_where_there_is_no_flock() throws Exception {
        write("target/build.lock.d/owner", "999999999\n");

        Process start = start();

        assertThat(start.inputReader().readLine()).contains("was killed", "Remove", "build.lock.d");
        assertThat(status(start)).isEqualTo(1);
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", root.resolve("heliograph").toString(), "check-config")
                .redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        root.resolve("bin").toString(),
                        "JAVA_HOME",
                        root.resolve("jdk").toString()));
        return builder.start();
    }

    private static int status(Process process) throws InterruptedException {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** False when this machine has no such command. */
    private boolean link(String command) throws IOException {
        Path found = Stream.of("/usr/bin", "/bin")
                .map(folder -> Path.of(folder, command))
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
        if (found != null) {
            Path _ = Files.createSymbolicLink(root.resolve("bin").resolve(command), found);
        }
        return found != null;
    }

    private void program(String path, String text) throws IOException {
        write(path, "#!/usr/bin/env bash\n" + text + "\n");
        assertThat(root.resolve(path).toFile().setExecutable(true)).isTrue();
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Path _ = Files.createDirectories(file.getParent());
        Path _ = Files.writeString(file, text);
    }
}
