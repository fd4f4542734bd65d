package io.heliograph.bench.yardstick;

import io.heliograph.bench.rig.JavaProcess;
import io.heliograph.runtime.BrokerUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RabbitMQ's own load tool: how many small messages a second go through one queue with confirms, nothing else running. */
public final class PerfTest {
    private static final Pattern RATE = Pattern.compile("receiving rate avg: ([0-9]+) msg/s");
    private static final int START_SECONDS_MAX = 30;

    private PerfTest() {}

    public static double messagesPerSecond(BrokerUrl url, Path folder, int seconds) throws IOException {
        Path log = folder.resolve("perf-test.log");
        Files.deleteIfExists(log);
        List<String> arguments = List.of(
                "--uri",
                "amqp://" + url.user() + ":" + url.password() + "@" + url.host() + ":" + url.port(),
                "--queue",
                "heliograph.yardstick",
                "--producers",
                "1",
                "--consumers",
                "1",
                "--size",
                "16",
                "--confirm",
                "500",
                "--qos",
                "500",
                "--multi-ack-every",
                "100",
                "--time",
                Integer.toString(seconds));
        try (JavaProcess process =
                JavaProcess.start("com.rabbitmq.perf.PerfTest", List.of("-Xmx512m"), arguments, Map.of(), log)) {
            int _ = process.awaitEnd(seconds + START_SECONDS_MAX);
        }
        Matcher rate = RATE.matcher(Files.readString(log));
        if (!rate.find()) {
            throw new IOException("PerfTest did not work: " + Files.readString(log));
        }
        return Double.parseDouble(rate.group(1));
    }
}
