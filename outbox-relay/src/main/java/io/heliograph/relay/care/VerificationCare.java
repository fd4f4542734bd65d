package io.heliograph.relay.care;

/**
 * How one-time codes are looked after.
 *
 * @param judgedMin of the last so many verifications of a country that have ended, the alarm asks how many were approved
 * @param approvedPercentMin fewer raise the alarm; 0 for none
 */
public record VerificationCare(int judgedMin, int approvedPercentMin) {
    public static final VerificationCare USUAL = new VerificationCare(50, 20);
}
