package io.heliograph.bench.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** What processes have used of the processors, as the system counts it. */
public final class Processors {
    private Processors() {}

    /** All of these together, by their ids, so far; one that has ended counts for nothing. */
    public static Duration used(Collection<Long> pids) {
        return pids.stream()
                .map(ProcessHandle::of)
                .flatMap(Optional::stream)
                .map(process -> process.info().totalCpuDuration())
                .flatMap(Optional::stream)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The same of a Java program, without what its compilers used: they are never done, and work where something is new. */
    public static Duration usedButForCompiling(long pid) {
        Duration used = Duration.ZERO;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", String.valueOf(pid), "task"))) {
            for (Path thread : threads) {
                used = used.plus(usedButForCompiling(thread));
            }
            return used;
        } catch (IOException e) {
            throw new UncheckedIOException("What the threads of " + pid + " have used is not known", e);
        }
    }

    private static Duration usedButForCompiling(Path thread) throws IOException {
        try {
            boolean compiles = Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\R");
            String nanos = Files.readString(thread.resolve("schedstat")).split(" ", 2)[0];
            return compiles ? Duration.ZERO : Duration.ofNanos(Long.parseLong(nanos));
        } catch (IOException e) {
            if (Files.exists(thread)) {
                throw e;
            }
            // It has just ended.
            return Duration.ZERO;
        }
    }
}
