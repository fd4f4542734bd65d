package io.heliograph.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The one script, as far as it can be tried without building. */
class ScriptTest {
    private static final Path SCRIPT = Path.of("..", "heliograph");

    @Test
    void lists_its_commands() throws Exception {
        Answer answer = run("help");

        assertThat(answer.status()).isZero();
        assertThat(answer.text())
                .contains("./heliograph up", "./heliograph test", "./heliograph migrate", "./heliograph gateway");
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

    private static Answer run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text);
    }

    private record Answer(int status, String text) {}
}
