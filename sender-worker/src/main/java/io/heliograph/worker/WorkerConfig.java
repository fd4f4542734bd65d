package io.heliograph.worker;

import io.heliograph.address.AllowedAddresses;
import io.heliograph.broker.BrokerSettings;
import io.heliograph.contract.Lane;
import io.heliograph.providers.Providers;
import io.heliograph.providers.file.ProvidersFile;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Durations;
import io.heliograph.runtime.Environment;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the worker can be told. */
public record WorkerConfig(
        /* Where PostgreSQL is. Defaults to postgresql://postgres@localhost:5432/heliograph. */
        DatabaseUrl database,
        /* Where the broker is. Defaults to amqp://guest:guest@localhost:5672/. */
        BrokerSettings broker,
        /* The port of health and metrics; 0 for any. Defaults to 8083. */
        int adminPort,
        /* Where providers reach the gateway, for receipts. Defaults to http://localhost:8080. */
        String publicUrl,
        /* The secret in the paths of receipts that nobody signs; null when there are none. No default. */
        @Nullable String callbackSecret,
        /* Ranges of addresses, separated by commas, that push services may have though they are not public. Defaults to none. */
        String pushAllow,
        /*
         * The first lease of a published promise, as the relay has it: a claim older than half of it is lost, and a call
         * may take a quarter of it. Defaults to 60 s.
         */
        Duration lease,
        /* How long an unknown outcome is looked up before the message's own wish decides. Defaults to 10 m. */
        Duration unknownWindow,
        /* Messages claimed in one statement. Defaults to 300. */
        int batchMax,
        /* Envelopes of one queue in hand. Defaults to 30. */
        int prefetch,
        /* The lanes that this worker serves. Defaults to all. */
        List<Lane> lanes,
        /* The providers that it serves, by name. Defaults to all. */
        Set<String> providersServed,
        /* Where providers and routes are described. Defaults to the simulator for everything. */
        ProvidersFile providersFile,
        /* What that said at the start. */
        Providers providers) {
    static final String PROVIDERS = "HELIOGRAPH_WORKER_PROVIDERS";
    static final String LANES = "HELIOGRAPH_WORKER_LANES";

    private static final Duration LEASE_DEFAULT = Duration.ofSeconds(60);
    private static final Duration LEASE_MIN = Duration.ofMillis(400);

    private static final Pattern ON_THIS_MACHINE =
            Pattern.compile("(?i)https?://(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?(/.*)?");

    /** Tells of mistakes on the command line together with all others, and of a setting by the name that was typed. */
    static Function<Environment, WorkerConfig> reader(WorkerArguments given) {
        return environment -> {
            given.mistakes().forEach(mistake -> environment.mistake("command line", mistake));
            return read(environment, given::nameOf);
        };
    }

    public static WorkerConfig read(Environment environment) {
        return read(environment, UnaryOperator.identity());
    }

    private static WorkerConfig read(Environment environment, UnaryOperator<String> nameOf) {
        Duration lease = lease(environment);
        ProvidersFile providersFile = ProvidersFile.of(environment, lease);
        WorkerConfig config = new WorkerConfig(
                environment.databaseUrl("HELIOGRAPH_DATABASE_URL", "postgresql://postgres@localhost:5432/heliograph"),
                BrokerSettings.read(environment),
                environment.port("HELIOGRAPH_ADMIN_PORT", 8083),
                publicUrl(environment),
                environment.secret("HELIOGRAPH_CALLBACK_SECRET"),
                pushAllow(environment),
                lease,
                environment.duration("HELIOGRAPH_UNKNOWN_WINDOW", Duration.ofMinutes(10)),
                environment.integer("HELIOGRAPH_WORKER_BATCH", 300, 1, 5_000),
                environment.integer("HELIOGRAPH_WORKER_PREFETCH", 30, 1, 10_000),
                lanes(environment, nameOf.apply(LANES)),
                providersServed(environment, nameOf.apply(PROVIDERS)),
                providersFile,
                providersFile.read());
        Set<String> known = config.providers().accounts().keySet();
        // One that has mistakes has none, and says enough.
        if (!known.isEmpty()) {
            config.servedButMissing(config.providers())
                    .forEach(name -> environment.mistake(
                            nameOf.apply(PROVIDERS),
                            "\"" + name + "\" is not in the file; it has " + String.join(", ", known)));
        }
        environment.check();
        return config;
    }

    /** Those that this worker was told to serve, and that the file does not have, or no longer. */
    List<String> servedButMissing(Providers file) {
        return providersServed.stream()
                .filter(name -> !file.accounts().containsKey(name))
                .sorted()
                .toList();
    }

    boolean serves(String provider) {
        return providersServed.isEmpty() || providersServed.contains(provider);
    }

    /** Somebody has set it up for the world to call back, and all that is sent ends at a simulator on this machine. */
    boolean sendsNothingForAPublicUrl() {
        return providersFile.path() == null
                && !ON_THIS_MACHINE.matcher(publicUrl).matches();
    }

    private static Duration lease(Environment environment) {
        Duration lease = environment.duration("HELIOGRAPH_LEASE", LEASE_DEFAULT);
        if (lease.compareTo(LEASE_MIN) < 0) {
            environment.mistake("HELIOGRAPH_LEASE", "wants at least " + Durations.write(LEASE_MIN));
            return LEASE_DEFAULT;
        }
        return lease;
    }

    private static Set<String> providersServed(Environment environment, String name) {
        String text = environment.text(PROVIDERS, "");
        Set<String> served = Arrays.stream(text.split(",", -1))
                .map(String::trim)
                .filter(provider -> !provider.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        if (served.isEmpty() && !text.isEmpty()) {
            // None is told as all; a comma that is left over must not mean that.
            environment.mistake(name, "names no provider; leave it out to serve all");
        }
        return served;
    }

    private static List<Lane> lanes(Environment environment, String name) {
        String text = environment.text(LANES, String.join(",", Lane.WORDS));
        Set<Lane> lanes = EnumSet.noneOf(Lane.class);
        for (String word : text.split(",", -1)) {
            if (Lane.WORDS.contains(word.trim())) {
                boolean _ = lanes.add(Lane.of(word.trim()));
            } else {
                environment.mistake(
                        name, "\"" + word.trim() + "\" is no lane; lanes are " + String.join(", ", Lane.WORDS));
            }
        }
        return List.copyOf(lanes);
    }

    private static String pushAllow(Environment environment) {
        String ranges = environment.text("HELIOGRAPH_PUSH_ALLOW", "");
        try {
            AllowedAddresses _ = AllowedAddresses.beside(ranges);
        } catch (IllegalArgumentException _) {
            environment.mistake("HELIOGRAPH_PUSH_ALLOW", "wants ranges such as 10.1.0.0/16, separated by commas");
        }
        return ranges;
    }

    private static String publicUrl(Environment environment) {
        String url = environment.text("HELIOGRAPH_PUBLIC_URL", "http://localhost:8080");
        if (!url.matches("https?://[^/?#]+(/[^?#]*)?")) {
            environment.mistake("HELIOGRAPH_PUBLIC_URL", "wants an http or https URL");
        }
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
