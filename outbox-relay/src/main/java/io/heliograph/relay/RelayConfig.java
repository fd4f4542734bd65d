package io.heliograph.relay;

import io.heliograph.broker.BrokerSettings;
import io.heliograph.relay.care.VerificationCare;
import io.heliograph.relay.publish.PublishLimits;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Environment;
import java.time.Duration;

/**
 * What a relay needs to know.
 *
 * @param pollPauseMax the longest rest between two looks at an outbox with nothing due; a new message waits half of it
 *     on average. Defaults to 10 ms.
 * @param verifications how one-time codes are looked after.
 */
public record RelayConfig(
        DatabaseUrl databaseUrl,
        BrokerSettings broker,
        int adminPort,
        PublishLimits limits,
        Duration pollPauseMax,
        Retention retention,
        VerificationCare verifications) {

    private static final Duration EVENT_RETENTION_MIN = Duration.ofDays(2);
    private static final Duration INBOUND_RETENTION_MIN = Duration.ofDays(7);

    /**
     * How long what is kept.
     *
     * @param idempotency how long an idempotency key is remembered. Defaults to 7 days.
     * @param events how long events, and the tries of their deliveries, are kept: whole days. Defaults to 7 days.
     * @param inbound how long what people wrote is kept. Defaults to 365 days.
     */
    public record Retention(Duration idempotency, Duration events, Duration inbound) {
        public static final Retention DEFAULTS =
                new Retention(Duration.ofDays(7), Duration.ofDays(7), Duration.ofDays(365));
    }

    public static RelayConfig read(Environment environment) {
        RelayConfig config = new RelayConfig(
                environment.databaseUrl("HELIOGRAPH_DATABASE_URL", "postgresql://postgres@localhost:5432/heliograph"),
                BrokerSettings.read(environment),
                environment.port("HELIOGRAPH_ADMIN_PORT", 8082),
                limits(environment),
                environment.duration("HELIOGRAPH_RELAY_POLL_PAUSE_MAX", Duration.ofMillis(10)),
                retention(environment),
                verifications(environment));
        environment.check();
        return config;
    }

    private static Retention retention(Environment environment) {
        Retention retention = new Retention(
                environment.duration("HELIOGRAPH_IDEMPOTENCY_RETENTION", Retention.DEFAULTS.idempotency()),
                environment.duration("HELIOGRAPH_EVENT_RETENTION", Retention.DEFAULTS.events()),
                environment.duration("HELIOGRAPH_INBOUND_RETENTION", Retention.DEFAULTS.inbound()));
        if (retention.events().compareTo(EVENT_RETENTION_MIN) < 0) {
            environment.mistake("HELIOGRAPH_EVENT_RETENTION", "wants at least 2d, as deliveries are tried for a day");
        }
        if (retention.inbound().compareTo(INBOUND_RETENTION_MIN) < 0) {
            environment.mistake(
                    "HELIOGRAPH_INBOUND_RETENTION", "wants at least 7d, as providers repeat what they bring");
        }
        return retention;
    }

    private static VerificationCare verifications(Environment environment) {
        VerificationCare usual = VerificationCare.USUAL;
        VerificationCare care = new VerificationCare(
                environment.duration("HELIOGRAPH_VERIFICATION_RETENTION", usual.retention()),
                environment.integer("HELIOGRAPH_CONVERSION_JUDGED_MIN", usual.judgedMin(), 50, 10_000),
                environment.integer("HELIOGRAPH_CONVERSION_PERCENT_MIN", usual.approvedPercentMin(), 0, 100));
        if (care.retention().compareTo(VerificationCare.RETENTION_MIN) < 0) {
            environment.mistake(
                    "HELIOGRAPH_VERIFICATION_RETENTION", "wants at least 2d, as the alarm looks a day back");
        }
        return care;
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
