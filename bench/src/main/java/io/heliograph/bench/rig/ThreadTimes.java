package io.heliograph.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What each thread of a Java program has used of the processors so far, but for its compilers: they are never done, and work where
 * something is new.
 */
public record ThreadTimes(Map<String, Long> nanosByThread) {
    private static final String COMPILER = "C[12] Compiler.*\\R";

    public ThreadTimes {
        nanosByThread = Map.copyOf(nanosByThread);
    }

    public static ThreadTimes of(long pid) throws IOException {
        Map<String, Long> nanos = new HashMap<>();
        for (Path thread : threads(pid)) {
            try {
                if (!Files.readString(thread.resolve("comm")).matches(COMPILER)) {
                    String used = Files.readString(thread.resolve("schedstat")).split(" ", 2)[0];
                    Long _ = nanos.put(thread.getFileName().toString(), Long.valueOf(used));
                }
            } catch (IOException e) {
                // It may have ended just now.
                if (Files.exists(thread)) {
                    throw e;
                }
            }
        }
        return new ThreadTimes(nanos);
    }

    /** Of those that are still there. */
    public Duration since(ThreadTimes before) {
        long nanos = nanosByThread.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - before.nanosByThread.getOrDefault(thread.getKey(), 0L))
                .sum();
        if (nanos <= 0) {
            throw new IllegalStateException("This system does not say what threads use (/proc/PID/task/TID/schedstat)");
        }
        return Duration.ofNanos(nanos);
    }

    private static List<Path> threads(long pid) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
            return threads.toList();
        }
    }
}
