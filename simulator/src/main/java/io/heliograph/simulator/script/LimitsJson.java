package io.heliograph.simulator.script;

import io.heliograph.simulator.ledger.Provider;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads limits: one object, or a list of them that may each name a provider. */
final class LimitsJson {
    private static final int PER_SECOND_MAX = 1_000_000;

    /** As they stand in the script; 0 is no limit to a rate. */
    private record Written(
            @Nullable Provider provider,
            int concurrentMax,
            int perSecondMax,
            int messagesPerSecondMax,
            int retryAfterSeconds,
            int scheduleAheadMinSeconds) {
        /** Each provider is counted by itself. */
        Limits limits() {
            return new Limits(
                    concurrentMax,
                    perSecondMax == 0 ? null : new SlidingSecond(perSecondMax),
                    messagesPerSecondMax == 0 ? null : new SlidingSecond(messagesPerSecondMax),
                    retryAfterSeconds,
                    scheduleAheadMinSeconds);
        }
    }

    private LimitsJson() {}

    /** Those that name no provider are for each one that has no limits of its own. */
    static Map<Provider, Limits> read(Fields script) {
        Map<Provider, Limits> limits = new EnumMap<>(Provider.class);
        @Nullable Written rest = null;
        for (Fields fields : script.objectOrObjects("limits")) {
            Written written = written(fields);
            if (written.provider == null ? rest != null : limits.containsKey(written.provider)) {
                fields.mistake("provider", "has its limits already");
            } else if (written.provider == null) {
                rest = written;
            } else {
                limits.put(written.provider, written.limits());
            }
        }
        if (rest != null) {
            for (Provider provider : Provider.all()) {
                limits.putIfAbsent(provider, rest.limits());
            }
        }
        return limits;
    }

    private static Written written(Fields fields) {
        Written written = new Written(
                ProviderNames.read(fields),
                (int) fields.integer("concurrent_max", Integer.MAX_VALUE, 0, Integer.MAX_VALUE),
                (int) fields.integer("per_second_max", 0, 1, PER_SECOND_MAX),
                (int) fields.integer("messages_per_second_max", 0, 1, PER_SECOND_MAX),
                (int) fields.integer("retry_after_s", 0, 0, 86_400),
                (int) fields.integer("schedule_ahead_min_s", 300, 0, 3_024_000));
        fields.end();
        return written;
    }
}
