package io.heliograph.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The heap of a process after each garbage collection, as its collector wrote it down: what it really holds. */
public final class GcLog {
    private static final Pattern COLLECTION = Pattern.compile(".*Pause.* \\d+M->(\\d+)M\\(\\d+M\\).*");

    private GcLog() {}

    /** The most that was left after a collection, in MiB; 0 when there was none yet. */
    public static int heapAfterMegabytesMax(Path log) throws IOException {
        return heapsAfter(log).stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** The same of the last ten collections: whether it is steady. */
    public static int heapAfterMegabytesLately(Path log) throws IOException {
        List<Integer> all = heapsAfter(log);
        return all.subList(Math.max(0, all.size() - 10), all.size()).stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
    }

    private static List<Integer> heapsAfter(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(COLLECTION::matcher)
                    .filter(matcher -> matcher.matches())
                    .map(matcher -> Integer.valueOf(matcher.group(1)))
                    .toList();
        }
    }
}
