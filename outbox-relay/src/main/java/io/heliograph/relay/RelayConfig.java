package io.heliograph.relay;

import io.heliograph.broker.BrokerSettings;
import io.heliograph.relay.care.VerificationCare;
import io.heliograph.relay.publish.PublishLimits;
import io.heliograph.relay.retention.KeptFor;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Environment;
import java.time.Duration;

/**
 * What a relay needs to know.
 *
 * @param pollPauseMax the longest rest between two looks at an outbox with nothing due; a new message waits half of it
 *     on average. Defaults to 10 ms.
 * @param kept how long what is kept for accounts that have set nothing else.
 * @param verifications how one-time codes are looked after.
 */
public record RelayConfig(
        DatabaseUrl databaseUrl,
        BrokerSettings broker,
        int adminPort,
        PublishLimits limits,
        Duration pollPauseMax,
        KeptFor kept,
        VerificationCare verifications) {

    public static RelayConfig read(Environment environment) {
        RelayConfig config = new RelayConfig(
                environment.databaseUrl("HELIOGRAPH_DATABASE_URL", "postgresql://postgres@localhost:5432/heliograph"),
                BrokerSettings.read(environment),
                environment.port("HELIOGRAPH_ADMIN_PORT", 8082),
                limits(environment),
                environment.duration("HELIOGRAPH_RELAY_POLL_PAUSE_MAX", Duration.ofMillis(10)),
                KeptForSettings.read(environment),
                verifications(environment));
        environment.check();
        return config;
    }

    private static VerificationCare verifications(Environment environment) {
        VerificationCare usual = VerificationCare.USUAL;
        return new VerificationCare(
                environment.integer("HELIOGRAPH_CONVERSION_JUDGED_MIN", usual.judgedMin(), 50, 10_000),
                environment.integer("HELIOGRAPH_CONVERSION_PERCENT_MIN", usual.approvedPercentMin(), 0, 100));
    }

    private static PublishLimits limits(Environment environment) {
        PublishLimits limits = new PublishLimits(
                environment.duration("HELIOGRAPH_LEASE", PublishLimits.DEFAULTS.lease()),
                environment.duration("HELIOGRAPH_LEASE_MAX", PublishLimits.DEFAULTS.leaseMax()),
                environment.integer("HELIOGRAPH_RELAY_BATCH", PublishLimits.DEFAULTS.batch(), 100, 20_000),
                environment.integer("HELIOGRAPH_QUEUE_HIGH_WATER", PublishLimits.DEFAULTS.highWaterMark(), 1, 100_000),
                environment.duration("HELIOGRAPH_CONFIRM_DEADLINE", PublishLimits.DEFAULTS.confirmDeadline()));
        if (limits.lease().isZero()) {
            environment.mistake("HELIOGRAPH_LEASE", "wants more than 0");
        }
        if (limits.leaseMax().compareTo(limits.lease()) < 0) {
            environment.mistake("HELIOGRAPH_LEASE_MAX", "wants at least HELIOGRAPH_LEASE");
        }
        return limits;
    }
}
