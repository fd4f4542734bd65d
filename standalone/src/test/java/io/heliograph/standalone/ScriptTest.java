package io.heliograph.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one script, as far as it can be tried without building. */
class ScriptTest {
    private static final Path SCRIPT = Path.of("..", "heliograph");

    @TempDir
    private Path folder;

    @Test
    void lists_its_commands() throws Exception {
        Answer answer = run("help");

        assertThat(answer.status()).isZero();
        assertThat(answer.text())
                .contains("./heliograph up", "./heliograph test", "./heliograph migrate", "./heliograph gateway");
    }

    /** None of them knows options: without this they would start, or change the schema. */
    @ParameterizedTest
    @ValueSource(strings = {"gateway", "relay", "webhook-sender", "simulator", "migrate", "test", "build", "format"})
    void explains_a_command_rather_than_starting_it(String command) throws Exception {
        for (String option : List.of("--help", "-h")) {
            Answer answer = run(harmless(), command, option);

            assertThat(answer.status()).isZero();
            assertThat(answer.text()).startsWith("  ./heliograph " + command).contains("docs/operations.md");
            assertThat(answer.text().lines().filter(line -> line.startsWith("  ./heliograph")))
                    .hasSize(1);
        }
    }

    @Test
    void names_every_process_that_up_starts() throws Exception {
        assertThat(run("help").text().replaceAll("\\s+", " "))
                .contains("PostgreSQL, broker, gateway, relay, worker, webhook-sender and a simulated provider");
    }

    @Test
    void suggests_a_command_for_one_that_it_does_not_know() throws Exception {
        Answer answer = run("gatway");

        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.text()).contains("there is no command \"gatway\"", "Did you mean: gateway?");
    }

    @Test
    void starts_only_programs_that_there_are() throws IOException {
        List<String> programs = Pattern.compile("io\\.heliograph\\.(?!bench|torture)[\\w.]+")
                .matcher(Files.readString(SCRIPT))
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(programs)
                .hasSizeGreaterThan(6)
                .allSatisfy(program -> assertThatCode(
                                () -> Class.forName(program).getMethod("main", String[].class))
                        .doesNotThrowAnyException());
    }

    @Test
    void is_what_continuous_integration_runs() throws IOException {
        assertThat(Path.of("..", ".ci", "run")).content().contains("exec ./heliograph test");
    }

    /** An environment in which whatever is started or built all the same does nothing. */
    private Map<String, String> harmless() throws IOException {
        Path mvn = folder.resolve("mvn");
        Files.writeString(mvn, "#!/bin/sh\nexit 3\n");
        assertThat(mvn.toFile().setExecutable(true)).isTrue();
        return Map.of("PATH", folder + ":" + System.getenv("PATH"), "HELIOGRAPH_JAVA_OPTS", "-version");
    }

    private static Answer run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    private static Answer run(Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(variables);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text);
    }

    private record Answer(int status, String text) {}
}
