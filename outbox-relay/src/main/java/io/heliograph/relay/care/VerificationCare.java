package io.heliograph.relay.care;

import java.time.Duration;

/**
 * How one-time codes are looked after.
 *
 * @param retention how long verifications are kept: longer than any code is good, and than the alarm looks back
 * @param judgedMin of the last so many verifications of a country that have ended, the alarm asks how many were approved
 * @param approvedPercentMin fewer raise the alarm; 0 for none
 */
public record VerificationCare(Duration retention, int judgedMin, int approvedPercentMin) {
    public static final VerificationCare USUAL = new VerificationCare(Duration.ofDays(7), 50, 20);

    /** Shorter than this would forget what is pending. */
    public static final Duration RETENTION_MIN = Duration.ofDays(2);
}
