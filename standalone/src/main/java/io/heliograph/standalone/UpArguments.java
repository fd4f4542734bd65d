package io.heliograph.standalone;

import io.heliograph.providers.yaml.Nearest;
import io.heliograph.standalone.embedded.DataDirectory;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** What a person asked for on the command line of {@code ./heliograph up}. */
sealed interface UpArguments {
    List<String> OPTIONS = List.of("--data", "--port", "--verbose", "--help");

    String HELP = """
        ./heliograph up [--data DIR] [--port N] [--verbose]

        Runs everything on this machine: PostgreSQL and a message broker of its own, the gateway, the relay, the
        worker, the webhook-sender and a simulator that plays the provider. Nothing has to be installed.

          --data DIR   where messages, keys and logs are kept; they survive a restart. Defaults to ./.heliograph
          --port N     the API's port, or HELIOGRAPH_HTTP_PORT. Defaults to 8080. The operator's ports follow it
                       (N+1 gateway, N+2 relay, N+3 worker, N+4 webhook-sender), the simulator's is N+10
          --verbose    log to the terminal instead of to a file in the data directory

        HELIOGRAPH_API_KEY sets the API key; without it one is made and kept in the data directory.
        HELIOGRAPH_PUBLIC_URL, HELIOGRAPH_DEFAULT_REGION and the other variables of docs/operations.md work here too.
        The other commands find this gateway and its key when they run where it does, without --data.""";

    /** Start. The port is null when it is not given. */
    record Run(Path data, @org.jspecify.annotations.Nullable String port, boolean verbose) implements UpArguments {}

    /** Explain. */
    record Help() implements UpArguments {}

    /** Say what is wrong. */
    record Mistake(String message) implements UpArguments {}

    static UpArguments parse(List<String> arguments) {
        Path data = DataDirectory.DEFAULT;
        String port = null;
        boolean verbose = false;
        Iterator<String> rest = arguments.stream()
                .flatMap(argument -> argument.startsWith("--") && argument.contains("=")
                        ? List.of(argument.split("=", 2)).stream()
                        : List.of(argument).stream())
                .iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--help", "-h", "help" -> {
                    return new Help();
                }
                case "--verbose", "-v" -> verbose = true;
                case "--data", "--port" -> {
                    if (!rest.hasNext()) {
                        return new Mistake(argument + " wants a value");
                    }
                    String value = rest.next();
                    if (argument.equals("--data")) {
                        data = Path.of(value);
                    } else {
                        port = value;
                    }
                }
                default -> {
                    return new Mistake(unknown(argument));
                }
            }
        }
        return new Run(data, port, verbose);
    }

    private static String unknown(String argument) {
        String nearest = Nearest.to(argument, OPTIONS);
        return "there is no option " + argument
                + (nearest == null ? "; there are " + String.join(", ", OPTIONS) : "; did you mean " + nearest + "?");
    }
}
