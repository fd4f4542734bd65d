package io.heliograph.simulator.script;

import io.heliograph.simulator.ledger.Provider;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words for the providers in scripts and in queries. */
public final class ProviderNames {
    private static final Map<String, Provider> BY_NAME =
            Provider.all().stream().collect(Collectors.toMap(Provider::word, Function.identity()));

    private ProviderNames() {}

    /** Null when none is named. */
    public static @Nullable Provider read(Fields fields) {
        return fields.has("provider") ? fields.choice("provider", Provider.TWILIO, BY_NAME) : null;
    }

    /** Null when there is no such one. */
    public static @Nullable Provider of(@Nullable String word) {
        return word == null ? null : BY_NAME.get(word);
    }
}
