package io.heliograph.webhooks;

import io.heliograph.address.AllowedAddresses;
import io.heliograph.runtime.DatabaseUrl;
import io.heliograph.runtime.Environment;
import io.heliograph.webhooks.post.TrustedCertificates;
import java.time.Duration;

/**
 * What a webhook-sender needs to know.
 *
 * @param allow ranges of addresses that may be called although they are not public, separated by commas. Defaults to none.
 * @param ca a file of certificates in PEM: authorities that are trusted beside the public ones. Defaults to none.
 * @param timeout of one try, from the look-up of the name to the end of the answer. Defaults to 15 s.
 * @param inFlightMax deliveries under way in this process. Defaults to 2,000.
 * @param inFlightPerEndpointMax of these, to one endpoint. Defaults to 64.
 * @param retryFor how long a delivery is tried. Defaults to 24 h.
 * @param disableAfter for how long nothing may arrive at an endpoint before it is disabled. Defaults to 24 h.
 * @param pollPauseMax the longest rest between two looks when nothing is due. Defaults to 20 ms.
 */
public record WebhookSenderConfig(
        DatabaseUrl databaseUrl,
        int adminPort,
        String allow,
        String ca,
        Duration timeout,
        int inFlightMax,
        int inFlightPerEndpointMax,
        Duration retryFor,
        Duration disableAfter,
        Duration pollPauseMax) {

    public static WebhookSenderConfig read(Environment environment) {
        WebhookSenderConfig config = new WebhookSenderConfig(
                environment.databaseUrl("HELIOGRAPH_DATABASE_URL", "postgresql://postgres@localhost:5432/heliograph"),
                environment.port("HELIOGRAPH_ADMIN_PORT", 8084),
                environment.text("HELIOGRAPH_WEBHOOK_ALLOW", ""),
                environment.text("HELIOGRAPH_WEBHOOK_CA", ""),
                environment.duration("HELIOGRAPH_WEBHOOK_TIMEOUT", Duration.ofSeconds(15)),
                environment.integer("HELIOGRAPH_WEBHOOK_IN_FLIGHT", 2_000, 1, 20_000),
                environment.integer("HELIOGRAPH_WEBHOOK_IN_FLIGHT_PER_ENDPOINT", 64, 1, 1_000),
                environment.duration("HELIOGRAPH_WEBHOOK_RETRY_FOR", Duration.ofHours(24)),
                environment.duration("HELIOGRAPH_WEBHOOK_DISABLE_AFTER", Duration.ofHours(24)),
                environment.duration("HELIOGRAPH_WEBHOOK_POLL_PAUSE_MAX", Duration.ofMillis(20)));
        config.check(environment);
        environment.check();
        return config;
    }

    private void check(Environment environment) {
        try {
            var _ = AllowedAddresses.beside(allow);
        } catch (IllegalArgumentException _) {
            environment.mistake("HELIOGRAPH_WEBHOOK_ALLOW", "wants ranges such as 10.1.0.0/16, separated by commas");
        }
        try {
            var _ = TrustedCertificates.beside(ca);
        } catch (IllegalArgumentException _) {
            environment.mistake("HELIOGRAPH_WEBHOOK_CA", "wants a file that can be read, with certificates in PEM");
        }
        if (timeout.compareTo(Duration.ofMinutes(5)) > 0 || timeout.isZero()) {
            environment.mistake("HELIOGRAPH_WEBHOOK_TIMEOUT", "wants more than 0 and at most 5m");
        }
    }
}
