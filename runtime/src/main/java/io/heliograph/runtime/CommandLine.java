package io.heliograph.runtime;

import java.util.List;

/** What all commands understand alike. */
public final class CommandLine {
    private static final List<String> HELP = List.of("--help", "-h");

    private CommandLine() {}

    /** Wherever it stands: whoever asks for help wants nothing done. */
    public static boolean asksForHelp(List<String> arguments) {
        return arguments.stream().anyMatch(HELP::contains);
    }
}
