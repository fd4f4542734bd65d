package io.heliograph.torture;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** {@code ./heliograph torture}: load, while its parts are killed and frozen. Ends with 0 when nothing was lost or sent twice. */
@SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
public final class Torture {
    private static final String HELP = """
        Usage: heliograph torture [--seconds N] [--seed N] [--processes gateways=2,relays=2,workers=2] [--calm] [--keep]

        Runs gateways, relays and workers against a PostgreSQL, a RabbitMQ and two simulated providers of its own, puts load
        on them, and kills (-9) and freezes them at random meanwhile, PostgreSQL and RabbitMQ too; RabbitMQ is also wiped.
        The providers lose answers and call back twice, late, early, in disorder or not at all; and the one that carries the
        traffic goes bad, again and again: slow 503s, a black hole, a spike of latency, a slowdown, 429s; the two in turn,
        too. Then it compares what the client was told, what the database says and what the providers received, and says
        how soon the traffic had moved to the other provider.

          --seconds N     of load and blows; starting and recovering come on top (default 120)
          --seed N        of the schedule; the same seed strikes the same blows (default: a random one, printed)
          --processes ... how many of each
          --calm          brown-outs only: nobody is killed or frozen, and traffic must leave a provider that is out, where
                          the other one is well for 3.5 s of it
          --keep          the logs, also when all is well
          --help          this text

        Exit code 0 when nothing was lost, sent twice or left open, and with --calm traffic moved; 1 otherwise, with the evidence and the logs.
        """;

    private Torture() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        try {
            TortureOptions options = TortureOptions.parse(arguments, ThreadLocalRandom.current());
            if (options.help()) {
                System.out.print(HELP);
                return 0;
            }
            TortureReport report = TortureRun.run(options, line -> System.err.println("torture: " + line));
            System.out.println();
            System.out.print(report.render());
            return report.isClean() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            System.err.println("heliograph torture: " + e.getMessage());
            return 2;
        } catch (Exception e) {
            System.err.println("heliograph torture: something broke: " + e);
            return 1;
        }
    }
}
