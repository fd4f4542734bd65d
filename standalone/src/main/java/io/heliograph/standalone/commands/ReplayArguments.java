package io.heliograph.standalone.commands;

import io.heliograph.contract.Channel;
import io.heliograph.runtime.Durations;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@code ./heliograph replay} was asked for.
 *
 * @param request the body of the first call
 * @param max dead letters to deal with, over all calls
 */
record ReplayArguments(JsonObject request, int max) {
    static final String USAGE = """
            usage: ./heliograph replay FILTER [--rate N] [--max N] [--dry-run] [--include-possible-duplicates]

            FILTER: one or more of
              --cause ours|provider|customer_data
              --reason REASON            see the reasons in /openapi.yaml
              --provider NAME
              --channel %s
              --since TIME, --until TIME when they were accepted: 2026-11-20T00:00:00Z, or 2h for two hours ago
              --all                      every dead letter of the account
            --rate N                     new messages to a second, 10 unless given
            --max N                      stop after so many dead letters

            --rate=N and the like are the same.""".formatted(String.join("|", Channel.WORDS));

    private static final Set<String> WORDS = Set.of("cause", "reason", "provider", "channel");
    private static final int RATE_MAX = 1_000;

    /** Throws {@link IllegalArgumentException} with what is wrong. */
    static ReplayArguments parse(List<String> arguments, Instant now) {
        JsonObject filter = new JsonObject();
        JsonObject request = new JsonObject().put("filter", filter);
        int max = Integer.MAX_VALUE;
        boolean all = false;
        Iterator<String> left =
                arguments.stream().flatMap(ReplayArguments::apart).iterator();
        while (left.hasNext()) {
            String option = left.next().replaceFirst("^--", "");
            switch (option) {
                case "all" -> all = true;
                case "dry-run" -> request.put("dry_run", true);
                case "include-possible-duplicates" -> request.put("include_possible_duplicates", true);
                case "rate" -> request.put("rate_per_second", number(option, left, RATE_MAX));
                case "max" -> max = number(option, left, Integer.MAX_VALUE);
                case "since", "until" -> filter.put(option, time(value(option, left), now));
                default -> filter.put(known(option), value(option, left));
            }
        }
        if (filter.isEmpty() != all) {
            throw new IllegalArgumentException("say which dead letters are meant, or --all");
        }
        return new ReplayArguments(request, max);
    }

    /** An option and its value, where they stand together. */
    private static Stream<String> apart(String argument) {
        return argument.startsWith("--") ? Stream.of(argument.split("=", 2)) : Stream.of(argument);
    }

    private static String known(String option) {
        if (!WORDS.contains(option)) {
            throw new IllegalArgumentException("there is no option --" + option);
        }
        return option;
    }

    private static String value(String option, Iterator<String> left) {
        if (!left.hasNext()) {
            throw new IllegalArgumentException("--" + option + " wants a value");
        }
        return left.next();
    }

    private static int number(String option, Iterator<String> left, int max) {
        try {
            int number = Integer.parseInt(value(option, left));
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number that is out of range.
        }
        throw new IllegalArgumentException("--" + option + " wants a whole number from 1 to " + max);
    }

    /** A time as the API takes it, or how long ago. */
    private static String time(String text, Instant now) {
        try {
            return now.minus(Durations.parse(text)).toString();
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
