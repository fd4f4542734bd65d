package io.heliograph.bench.rig;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Signals that Java has no method for. */
public final class Signals {
    private Signals() {}

    public static void stop(List<ProcessHandle> processes) throws IOException {
        send("-STOP", processes);
    }

    public static void go(List<ProcessHandle> processes) throws IOException {
        send("-CONT", processes);
    }

    /** One that has ended meanwhile is no mistake. */
    private static void send(String signal, List<ProcessHandle> processes) throws IOException {
        if (processes.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        Process kill = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            boolean _ = kill.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
