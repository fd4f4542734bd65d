package io.heliograph.bench;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for on the command line.
 *
 * @param only names of scenarios; empty for all that a normal run has
 * @param seconds of each measured load; null for each scenario's own
 */
record BenchOptions(
        boolean help,
        boolean quick,
        List<String> only,
        @Nullable Integer seconds,
        @Nullable Path json) {
    private static final int SECONDS_MAX = 3_600;

    /** Throws {@link IllegalArgumentException} with a word for the person who typed it. */
    static BenchOptions parse(List<String> arguments, List<String> scenarios) {
        BenchOptions options = new BenchOptions(false, false, List.of(), null, null);
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            options = switch (option) {
                case "--help", "-h" ->
                    new BenchOptions(true, options.quick, options.only, options.seconds, options.json);
                case "--quick" -> new BenchOptions(options.help, true, options.only, options.seconds, options.json);
                case "--only" ->
                    new BenchOptions(
                            options.help,
                            options.quick,
                            names(value(option, rest), scenarios),
                            options.seconds,
                            options.json);
                case "--seconds" ->
                    new BenchOptions(
                            options.help, options.quick, options.only, seconds(value(option, rest)), options.json);
                case "--json" ->
                    new BenchOptions(
                            options.help, options.quick, options.only, options.seconds, Path.of(value(option, rest)));
                default -> throw new IllegalArgumentException("there is no option \"" + option + "\"; try --help");
            };
        }
        return options;
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " wants a value; try --help");
        }
        return rest.next();
    }

    private static List<String> names(String text, List<String> scenarios) {
        List<String> names = List.of(text.split(",", -1));
        for (String name : names) {
            if (!scenarios.contains(name)) {
                throw new IllegalArgumentException(
                        "there is no scenario \"" + name + "\"; there are: " + String.join(", ", scenarios));
            }
        }
        return names;
    }

    private static int seconds(String text) {
        try {
            int seconds = Integer.parseInt(text);
            if (seconds >= 1 && seconds <= SECONDS_MAX) {
                return seconds;
            }
        } catch (NumberFormatException _) {
            // Told below, like a number that is out of range.
        }
        throw new IllegalArgumentException(
                "--seconds wants a whole number from 1 to " + SECONDS_MAX + ", got \"" + text + "\"");
    }
}
