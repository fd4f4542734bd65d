package io.heliograph.gateway.notifications.verifications.issuing;

import java.util.Locale;

/**
 * How many codes may be sent, against those who have codes sent to numbers that pay them. Each is of one account, and its window begins
 * with its first code; 0 is no limit.
 *
 * @param perPrefixHour to all numbers that begin with the same digits
 * @param prefixDigits how many, the country's included: country and network
 * @param perClientIpHour for the same client, as far as the application says which
 * @param blocksLowConversion whether a country gets no codes for an hour after its alarm
 */
public record Limits(
        int perNumberHour,
        int perNumberDay,
        int perPrefixHour,
        int prefixDigits,
        int perClientIpHour,
        int perAccountMinute,
        boolean blocksLowConversion) {

    /** Which limit was reached. Its word is part of answers: it may not change. */
    public enum Reached {
        NUMBER_HOUR,
        NUMBER_DAY,
        PREFIX_HOUR,
        CLIENT_IP_HOUR,
        ACCOUNT_MINUTE,
        /** The code before was sent too short a time ago. */
        RESEND_DELAY,
        /** As many codes were sent for this verification as may be. */
        RESENDS,
        /** In this country hardly anybody types the codes. */
        LOW_CONVERSION;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
