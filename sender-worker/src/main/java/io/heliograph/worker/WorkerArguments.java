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
 * @param mistakes in words for whoever typed them
 */
record WorkerArguments(Map<String, String> variables, List<String> mistakes) {
    static final String USAGE = """
            Usage: heliograph worker [--provider NAME[,NAME...]] [--lanes LANE[,LANE...]]

            From the broker to the providers. Is configured by environment variables: docs/operations.md has them all.

            --provider    serve these providers alone, or HELIOGRAPH_WORKER_PROVIDERS; all unless given
            --lanes       serve these lanes alone, of %s, or HELIOGRAPH_WORKER_LANES""".formatted(String.join(", ", Lane.WORDS));

    private static final Map<String, String> OPTIONS =
            Map.of("--provider", "HELIOGRAPH_WORKER_PROVIDERS", "--lanes", "HELIOGRAPH_WORKER_LANES");

    static WorkerArguments of(Map<String, String> environment, String... arguments) {
        Map<String, String> variables = new HashMap<>(environment);
        List<String> mistakes = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String[] parts = arguments[i].split("=", 2);
            String variable = OPTIONS.get(parts[0]);
            if (variable == null) {
                mistakes.add("\"" + arguments[i] + "\" is no option; options are --provider NAME[,NAME...] and"
                        + " --lanes LANE[,LANE...]");
            } else if (parts.length == 2) {
                variables.put(variable, parts[1]);
            } else if (i + 1 < arguments.length) {
                variables.put(variable, arguments[++i]);
            } else {
                mistakes.add(parts[0] + " wants a value");
            }
        }
        return new WorkerArguments(Map.copyOf(variables), List.copyOf(mistakes));
    }
}
