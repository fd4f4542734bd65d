package io.heliograph.bench.yardstick;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a command says until it ends. */
final class Output {
    private Output() {}

    static String of(ProcessBuilder command) throws IOException {
        Process process = command.redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
