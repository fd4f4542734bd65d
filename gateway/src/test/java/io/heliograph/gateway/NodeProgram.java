package io.heliograph.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Programs in {@code src/test/node}, with the packages that their lock file names, which npm installs once. */
final class NodeProgram {
    private static final Path SOURCES = Path.of("src/test/node");
    private static final Path FOLDER = Path.of("target/node");
    private static final long INSTALL_SECONDS_MAX = 300;
    private static final long RUN_SECONDS_MAX = 120;

    private final String program;

    /** {@code ./heliograph test} installs Node where it is missing. In CI a test without it fails; elsewhere it is left out. */
    NodeProgram(String program) {
        this.program = program;
        boolean isThere = ChildProcess.run(FOLDER, List.of("node", "--version"), Map.of(), RUN_SECONDS_MAX)
                        .exitCode()
                == 0;
        Assumptions.assumeTrue(
                isThere || "true".equals(System.getenv("CI")), "Node is missing: ./heliograph test installs it");
        install();
    }

    ChildProcess.Result run(Map<String, String> environment) {
        return ChildProcess.run(FOLDER, List.of("node", "--test", program), environment, RUN_SECONDS_MAX);
    }

    private static void install() {
        try {
            Files.createDirectories(FOLDER);
            Path installed = FOLDER.resolve("node_modules/.package-lock.json");
            boolean isCurrent = Files.exists(installed)
                    && Files.mismatch(SOURCES.resolve("package-lock.json"), FOLDER.resolve("package-lock.json")) == -1;
            try (var files = Files.list(SOURCES)) {
                for (Path file : files.toList()) {
                    Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            if (!isCurrent) {
                ChildProcess.Result result = ChildProcess.run(
                        FOLDER, List.of("npm", "ci", "--no-audit", "--no-fund"), Map.of(), INSTALL_SECONDS_MAX);
                if (result.exitCode() != 0) {
                    throw new IllegalStateException("npm ci failed: " + result.output());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
