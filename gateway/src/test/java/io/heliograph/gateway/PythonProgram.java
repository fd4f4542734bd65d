package io.heliograph.gateway;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Programs in {@code src/test/python}, with the packages of the system. */
final class PythonProgram {
    private static final Path SOURCES = Path.of("src/test/python");
    private static final Path FOLDER = Path.of("target/python");
    private static final long RUN_SECONDS_MAX = 120;
    /** The first may be one that somebody made for another project, without what the system has installed. */
    private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

    private final String python;
    private final String program;

    /**
     * {@code ./heliograph test} installs Twilio's SDK where the system has a package of it. In CI a test without it fails; elsewhere it is
     * left out.
     */
    PythonProgram(String program) {
        this.program = program;
        List<String> able =
                PYTHONS.stream().filter(PythonProgram::knowsTwilio).limit(1).toList();
        Assumptions.assumeTrue(
                !able.isEmpty() || "true".equals(System.getenv("CI")),
                "Twilio's Python SDK is missing: ./heliograph test installs it");
        this.python = able.isEmpty() ? PYTHONS.getFirst() : able.getFirst();
    }

    ChildProcess.Result run(Map<String, String> environment) {
        // -B: no compiled copy beside the source.
        List<String> command =
                List.of(python, "-B", SOURCES.resolve(program).toAbsolutePath().toString());
        return ChildProcess.run(FOLDER, command, environment, RUN_SECONDS_MAX);
    }

    private static boolean knowsTwilio(String python) {
        return ChildProcess.run(FOLDER, List.of(python, "-c", "import twilio"), Map.of(), RUN_SECONDS_MAX)
                        .exitCode()
                == 0;
    }
}
