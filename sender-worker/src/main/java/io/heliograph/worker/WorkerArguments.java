package io.heliograph.worker;

import io.heliograph.contract.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line of the worker: what it serves can be said there as well, and goes before the environment.
 *
 * @param variables as the environment would have them
 * @param typed the option that each of them was given by; without those that come from the environment
 * @param mistakes in words for whoever typed them
 */
record WorkerArguments(Map<String, String> variables, Map<String, String> typed, List<String> mistakes) {
    static final String USAGE = """
            Usage: heliograph worker [--provider NAME[,NAME...]] [--lanes LANE[,LANE...]]

            From the broker to the providers. Is configured by environment variables: docs/operations.md has them all.

            --provider    serve these providers alone, or HELIOGRAPH_WORKER_PROVIDERS; all unless given
            --lanes       serve these lanes alone, of %s, or HELIOGRAPH_WORKER_LANES

            Either may be given several times, which adds up, and as --provider=NAME too.""".formatted(String.join(", ", Lane.WORDS));

    private static final Map<String, String> OPTIONS =
            Map.of("--provider", WorkerConfig.PROVIDERS, "--lanes", WorkerConfig.LANES);

    static WorkerArguments of(Map<String, String> environment, String... arguments) {
        Map<String, String> given = new HashMap<>();
        Map<String, String> typed = new HashMap<>();
        List<String> mistakes = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String[] parts = arguments[i].split("=", 2);
            String variable = OPTIONS.get(parts[0]);
            if (variable == null) {
                mistakes.add("\"" + arguments[i] + "\" is no option; options are --provider NAME[,NAME...] and"
                        + " --lanes LANE[,LANE...]");
                continue;
            }
            String value = parts.length == 2 ? parts[1] : i + 1 < arguments.length ? arguments[++i] : "";
            if (value.isBlank()) {
                // The environment takes it for nothing said, which is all of them.
                mistakes.add(parts[0] + " wants a value");
            } else {
                typed.put(variable, parts[0]);
                // Said twice it is both.
                given.merge(variable, value, (first, second) -> first + "," + second);
            }
        }
        Map<String, String> variables = new HashMap<>(environment);
        variables.putAll(given);
        return new WorkerArguments(Map.copyOf(variables), Map.copyOf(typed), List.copyOf(mistakes));
    }

    /** What whoever started this knows a variable by. */
    String nameOf(String variable) {
        return typed.getOrDefault(variable, variable);
    }
}
