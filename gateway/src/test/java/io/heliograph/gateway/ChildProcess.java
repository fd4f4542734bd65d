package io.heliograph.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program of another language to its end. */
final class ChildProcess {
    private ChildProcess() {}

    /** The code is -1 of a program that does not exist or does not end. */
    record Result(int exitCode, String output) {}

    static Result run(Path folder, List<String> command, Map<String, String> environment, long secondsMax) {
        try {
            Files.createDirectories(folder);
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            // To a file, so that a program that hangs is not waited for at its output.
            Path output = Files.createTempFile(folder, "output", ".txt");
            Process process = builder.redirectOutput(output.toFile()).start();
            boolean ended = process.waitFor(secondsMax, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String text = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            return new Result(ended ? process.exitValue() : -1, text);
        } catch (IOException e) {
            return new Result(-1, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
