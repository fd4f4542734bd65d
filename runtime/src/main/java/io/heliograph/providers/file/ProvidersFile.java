package io.heliograph.providers.file;

import io.heliograph.providers.Providers;
import io.heliograph.providers.Retries;
import io.heliograph.providers.Retry;
import io.heliograph.providers.routing.FleetLimits;
import io.heliograph.providers.yaml.Mistake;
import io.heliograph.providers.yaml.Reading;
import io.heliograph.providers.yaml.YamlMapping;
import io.heliograph.providers.yaml.YamlText;
import io.heliograph.runtime.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where it is said which providers there are and which carries what: the file that {@code HELIOGRAPH_PROVIDERS} names, or
 * the built-in one. {@code ${NAME}} and {@code ${NAME:-default}} in a value are taken from the environment, so that no
 * secret has to stand in the file.
 */
public final class ProvidersFile {
    /** What a text turned out to be. */
    public sealed interface Content {
        record Valid(Providers providers) implements Content {}

        /** At least one mistake, in the order of the file. */
        record Broken(List<Mistake> mistakes) implements Content {
            public Broken {
                mistakes = List.copyOf(mistakes);
            }
        }
    }

    /**
     * What the environment says of the things in the file.
     *
     * @param attemptsMax unless the file says otherwise
     * @param timeoutMax no call may be given more
     */
    record FromEnvironment(int attemptsMax, Duration timeoutMax) {}

    public static final String VARIABLE = "HELIOGRAPH_PROVIDERS";

    private static final String BUILT_IN = "/io/heliograph/providers/providers.yaml";
    private static final int LEASE_PART = 4;
    private static final int BYTES_MAX = 4 * YamlText.CHARACTERS_MAX;

    private final Environment environment;
    private final @Nullable Path path;
    private final FromEnvironment defaults;

    private ProvidersFile(Environment environment, @Nullable Path path, FromEnvironment defaults) {
        this.environment = environment;
        this.path = path;
        this.defaults = defaults;
    }

    /** {@code lease} is what a call has to fit into: a quarter of it, as a claim of half of it is lost. */
    public static ProvidersFile of(Environment environment, Duration lease) {
        String path = environment.optionalText(VARIABLE);
        int attemptsMax = environment.integer("HELIOGRAPH_ATTEMPTS_MAX", 8, 1, 1_000);
        return new ProvidersFile(
                environment,
                path == null ? null : Path.of(path),
                new FromEnvironment(attemptsMax, lease.dividedBy(LEASE_PART)));
    }

    /** Null for the built-in one, which never changes. */
    public @Nullable Path path() {
        return path;
    }

    /** As it was given; its mistakes are told under it. */
    public String name() {
        return path == null ? "built-in providers.yaml" : path.toString();
    }

    /** Tells all mistakes to the environment; what it answers then is of no use. */
    public Providers read() {
        try {
            return switch (parse(text())) {
                case Content.Valid(Providers providers) -> providers;
                case Content.Broken(List<Mistake> mistakes) -> {
                    mistakes.forEach(mistake -> environment.mistake(name() + ":" + mistake.line(), mistake.what()));
                    yield nothing();
                }
            };
        } catch (IOException e) {
            environment.mistake(VARIABLE, unreadable(e));
            return nothing();
        }
    }

    /** For {@link ProvidersWatch}: the mistakes are answered rather than told. */
    public Content parse(String text) {
        Reading reading = new Reading(environment::secret);
        YamlMapping file = YamlText.mapping(reading, text);
        if (!reading.mistakes().isEmpty()) {
            // Not YAML at all: that it also names no provider helps nobody.
            return new Content.Broken(reading.mistakes());
        }
        Providers providers = new ProvidersReader(defaults).read(file);
        return reading.mistakes().isEmpty() ? new Content.Valid(providers) : new Content.Broken(reading.mistakes());
    }

    String text() throws IOException {
        try (InputStream in = path == null
                ? Objects.requireNonNull(ProvidersFile.class.getResourceAsStream(BUILT_IN))
                : Files.newInputStream(path)) {
            return new String(in.readNBytes(BYTES_MAX), StandardCharsets.UTF_8);
        }
    }

    /** Why {@link #text} failed, with the file's name. */
    String unreadable(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no file " + name();
            case AccessDeniedException _ -> "no permission to read " + name();
            default ->
                path != null && Files.isDirectory(path)
                        ? name() + " is a directory"
                        : name() + " cannot be read: " + failure.getClass().getSimpleName();
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProvidersFile file && Objects.equals(path, file.path) && defaults.equals(file.defaults);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, defaults);
    }

    @Override
    public String toString() {
        return name();
    }

    private static Providers nothing() {
        return new Providers(
                Map.of(),
                List.of(),
                FleetLimits.NONE,
                new Retries(new Retry(1, Duration.ofSeconds(1), Duration.ofSeconds(1)), Map.of()));
    }
}
