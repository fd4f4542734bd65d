package io.heliograph.standalone.embedded;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How our PostgreSQL differs from a fresh one, and why. */
final class PostgresSettings {
    private static final long MEGABYTE = 1_048_576;

    private PostgresSettings() {}

    /** As options of the server's command line, so that they hold whatever the files say. */
    static String onPort(int port) {
        Map<String, String> settings = new LinkedHashMap<>();
        reach(settings, port);
        durability(settings);
        writing(settings);
        planning(settings);
        logging(settings);
        return settings.entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" "));
    }

    private static void reach(Map<String, String> settings, int port) {
        settings.put("port", Integer.toString(port));
        settings.put("listen_addresses", "127.0.0.1");
        // A socket's path may have 107 characters; a data directory's path may have more.
        settings.put("unix_socket_directories", "''");
        // Several gateways, relays and workers, each with pools of its own.
        settings.put("max_connections", "200");
        // Somebody who forgot a transaction must not hold back vacuum, on which the outbox table depends.
        settings.put("idle_in_transaction_session_timeout", "60s");
    }

    private static void durability(Map<String, String> settings) {
        settings.put("fsync", "on");
        settings.put("synchronous_commit", "on");
        settings.put("full_page_writes", "on");
    }

    private static void writing(Map<String, String> settings) {
        // The outbox, today's partition and the indexes that grow are what is touched; they should stay in memory.
        settings.put("shared_buffers", sharedBuffersMegabytes() + "MB");
        // After each checkpoint every page is logged whole at its first change: fewer checkpoints, less to write.
        // Together they bound recovery after a crash to about ten seconds.
        settings.put("max_wal_size", "2GB");
        settings.put("min_wal_size", "512MB");
        settings.put("checkpoint_timeout", "10min");
        settings.put("checkpoint_completion_target", "0.9");
        // Those whole pages shrink to a fraction; commits wait for the disk longer than for the processor.
        settings.put("wal_compression", "on");
        // Rows of the outbox live for milliseconds: look often whether there is something to clean.
        settings.put("autovacuum_naptime", "5s");
    }

    private static void planning(Map<String, String> settings) {
        // Short statements, prepared once: compiling them costs more than they take.
        settings.put("jit", "off");
        // Solid-state disks: an index is nearly always right.
        settings.put("random_page_cost", "1.1");
    }

    private static void logging(Map<String, String> settings) {
        settings.put("log_checkpoints", "off");
        settings.put("log_timezone", "UTC");
        settings.put("timezone", "UTC");
        // Neither statements nor details: both can quote a recipient or a text.
        settings.put("log_min_error_statement", "panic");
        settings.put("log_error_verbosity", "terse");
    }

    /** An eighth of the memory, as far as that is sensible. */
    private static long sharedBuffersMegabytes() {
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Math.clamp(machine.getTotalMemorySize() / MEGABYTE / 8, 128, 1_024);
    }
}
