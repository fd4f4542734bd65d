package io.heliograph.bench.rig;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own with our class path, that can be killed and frozen. What it says goes to a file. */
public final class JavaProcess implements AutoCloseable {
    private static final long STOP_SECONDS_MAX = 20;

    private final Process process;

    private JavaProcess(Process process) {
        this.process = process;
    }

    /** With nothing of ours from this process's environment but what is given. */
    public static JavaProcess start(
            String mainClass,
            List<String> jvmOptions,
            List<String> arguments,
            Map<String, String> environment,
            Path log)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // As the heliograph script has them.
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath(), mainClass));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        boolean _ = builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("HELIOGRAPH_") || name.startsWith("TWILIO_"));
        builder.environment().putAll(environment);
        return new JavaProcess(builder.start());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Processor time that it has used so far. */
    public Duration processorTime() {
        return Processors.used(List.of(process.pid()));
    }

    /** As a power cut would. */
    public void kill() {
        Process _ = process.destroyForcibly();
        await();
    }

    /** It keeps its connections and its locks, and does nothing. */
    public void freeze() throws IOException {
        Signals.stop(List.of(process.toHandle()));
    }

    public void thaw() throws IOException {
        Signals.go(List.of(process.toHandle()));
    }

    /** Answers the exit code; ends it when it does not end by itself within the time. */
    public int awaitEnd(long secondsMax) {
        try {
            if (!process.waitFor(secondsMax, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return process.isAlive() ? -1 : process.exitValue();
    }

    /** Asks it to stop, and does not wait for ever. */
    @Override
    public void close() {
        process.destroy();
        int _ = awaitEnd(STOP_SECONDS_MAX);
    }

    /** Of a test it is the test's, which the runner hides in a manifest. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private void await() {
        try {
            boolean _ = process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
