package io.heliograph.providers.file;

import io.heliograph.providers.Providers;
import io.heliograph.providers.yaml.Mistake;
import io.heliograph.runtime.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Reads texts as if they were files. */
final class Texts {
    static final Duration LEASE = Duration.ofSeconds(60);

    private Texts() {}

    static ProvidersFile.Content parse(String text, Map<String, String> variables) {
        return ProvidersFile.of(new Environment(variables), LEASE).parse(text);
    }

    static Providers valid(String text, Map<String, String> variables) {
        return switch (parse(text, variables)) {
            case ProvidersFile.Content.Valid(Providers providers) -> providers;
            case ProvidersFile.Content.Broken(List<Mistake> mistakes) -> throw new AssertionError(mistakes.toString());
        };
    }

    /** Each with its line: {@code 3: providers.a ...}. */
    static List<String> mistakes(String text) {
        return switch (parse(text, Map.of())) {
            case ProvidersFile.Content.Valid _ -> List.of();
            case ProvidersFile.Content.Broken(List<Mistake> mistakes) ->
                mistakes.stream()
                        .map(mistake -> mistake.line() + ": " + mistake.what())
                        .toList();
        };
    }
}
