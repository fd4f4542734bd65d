package io.heliograph.gateway.analytics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** By what messages are told apart, beside their time. In the order of the columns that the store asks for. */
enum Dimension {
    CHANNEL,
    TYPE,
    PROVIDER,
    COUNTRY,
    VARIANT,
    REASON;

    static final List<String> WORDS =
            Arrays.stream(values()).map(Dimension::word).toList();

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
