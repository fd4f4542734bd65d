package io.heliograph.worker;

import io.heliograph.providers.ProvidersReport;
import io.heliograph.providers.file.ProvidersFile;
import io.heliograph.runtime.CommandLine;
import io.heliograph.runtime.ConfigurationException;
import io.heliograph.runtime.Environment;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code ./heliograph check-config [FILE]}: reads what a worker would read, starts nothing, and prints all that is wrong,
 * with the lines of the file, or what would be in force.
 */
public final class CheckConfig {
    private static final String USAGE = """
            Usage: heliograph check-config [FILE]

            Checks FILE, or the file that HELIOGRAPH_PROVIDERS names, or the built-in one, and the worker's other settings.
            Exits with 0 when all is right, with 1 when something is wrong.
            """;

    private CheckConfig() {}

    @SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    /** Answers the status to exit with. */
    static int run(List<String> arguments, Map<String, String> variables, PrintStream out, PrintStream err) {
        if (CommandLine.asksForHelp(arguments)) {
            out.print(USAGE);
            return 0;
        }
        if (arguments.size() > 1 || arguments.stream().anyMatch(argument -> argument.startsWith("-"))) {
            err.print(USAGE);
            return 2;
        }
        Map<String, String> checked = new HashMap<>(variables);
        arguments.forEach(file -> checked.put(ProvidersFile.VARIABLE, file));
        Environment environment = new Environment(checked);
        try {
            WorkerConfig config = WorkerConfig.read(environment);
            out.println(report(config, environment));
            return 0;
        } catch (ConfigurationException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private static String report(WorkerConfig config, Environment environment) {
        StringBuilder settings = new StringBuilder("Settings of the worker");
        new TreeMap<>(environment.effective())
                .forEach((name, value) ->
                        settings.append("\n  ").append(name).append(": ").append(value));
        return "Nothing is wrong with " + config.providersFile().name() + ".\n\n"
                + new ProvidersReport(config.providers()).text() + "\n" + settings;
    }
}
