package io.heliograph.torture;

import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What was asked for on the command line.
 *
 * @param seconds of load and blows; starting, recovering and comparing come on top
 * @param seed of the schedule
 * @param calm providers have their brown-outs, and nobody is killed or frozen; so traffic has to move
 * @param keep the folder with the logs, also when all is well
 */
public record TortureOptions(
        boolean help, int seconds, long seed, int gateways, int relays, int workers, boolean calm, boolean keep) {
    private static final int SECONDS_DEFAULT = 120;
    private static final int SECONDS_MIN = 5;
    private static final int SECONDS_MAX = 86_400;
    private static final int INSTANCES_MAX = 16;

    /** Throws {@link IllegalArgumentException} with a word for the person who typed it. */
    static TortureOptions parse(List<String> arguments, RandomGenerator random) {
        TortureOptions options =
                new TortureOptions(false, SECONDS_DEFAULT, random.nextInt(1_000_000), 2, 2, 2, false, false);
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            options = switch (option) {
                case "--help", "-h" -> options.withHelp();
                case "--seconds" ->
                    options.withSeconds((int) number(option, value(option, rest), SECONDS_MIN, SECONDS_MAX));
                case "--seed" -> options.withSeed(number(option, value(option, rest), 0, Long.MAX_VALUE));
                case "--calm" -> options.withCalm();
                case "--keep" -> options.withKeep();
                case "--processes" -> options.withProcesses(value(option, rest));
                default -> throw new IllegalArgumentException("there is no option \"" + option + "\"; try --help");
            };
        }
        return options;
    }

    private TortureOptions withHelp() {
        return new TortureOptions(true, seconds, seed, gateways, relays, workers, calm, keep);
    }

    private TortureOptions withCalm() {
        return new TortureOptions(help, seconds, seed, gateways, relays, workers, true, keep);
    }

    private TortureOptions withKeep() {
        return new TortureOptions(help, seconds, seed, gateways, relays, workers, calm, true);
    }

    private TortureOptions withSeconds(int wanted) {
        return new TortureOptions(help, wanted, seed, gateways, relays, workers, calm, keep);
    }

    private TortureOptions withSeed(long wanted) {
        return new TortureOptions(help, seconds, wanted, gateways, relays, workers, calm, keep);
    }

    /** Kinds that are not named keep their number. */
    private TortureOptions withProcesses(String text) {
        TortureOptions options = this;
        for (String part : text.split(",", -1)) {
            String[] pair = part.split("=", 2);
            int count = (int) number("--processes", pair.length == 2 ? pair[1] : "", 1, INSTANCES_MAX);
            options = switch (pair[0]) {
                case "gateways" ->
                    new TortureOptions(help, seconds, seed, count, options.relays, options.workers, calm, keep);
                case "relays" ->
                    new TortureOptions(help, seconds, seed, options.gateways, count, options.workers, calm, keep);
                case "workers" ->
                    new TortureOptions(help, seconds, seed, options.gateways, options.relays, count, calm, keep);
                default ->
                    throw new IllegalArgumentException(
                            "--processes knows gateways, relays and workers, not \"" + pair[0] + "\"");
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

    private static long number(String option, String text, long min, long max) {
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Told below, like a number that is out of range.
        }
        throw new IllegalArgumentException(
                option + " wants a whole number from " + min + " to " + max + ", got \"" + text + "\"");
    }
}
