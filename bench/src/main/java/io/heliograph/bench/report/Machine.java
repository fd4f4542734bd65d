package io.heliograph.bench.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What it was measured on; figures of two machines cannot be compared, only their ratios to Y. */
public record Machine(String processor, int cores, String memory, String system, String jdk, String disk) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    /** {@code data} is where PostgreSQL writes. */
    public static Machine describe(Path data) throws IOException {
        OperatingSystemMXBean bean = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                readProcessor(),
                Runtime.getRuntime().availableProcessors(),
                bean.getTotalMemorySize() / 1_073_741_824 + " GiB",
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor.version", "") + " " + System.getProperty("java.version"),
                Files.getFileStore(data).type());
    }

    private static String readProcessor() throws IOException {
        if (!Files.isReadable(PROCESSORS)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst(".*: *", ""))
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
