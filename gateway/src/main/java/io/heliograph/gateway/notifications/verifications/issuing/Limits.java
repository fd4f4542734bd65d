package io.heliograph.gateway.notifications.verifications.issuing;

import io.heliograph.gateway.notifications.settings.CodeLimits;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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

    /** With those of an account: the smaller one of each two holds, so no key of an account lifts what the operator has set. */
    public Limits within(CodeLimits account) {
        return new Limits(
                smaller(perNumberHour, account.perNumberHour()),
                smaller(perNumberDay, account.perNumberDay()),
                smaller(perPrefixHour, account.perPrefixHour()),
                prefixDigits,
                smaller(perClientIpHour, account.perClientIpHour()),
                smaller(perAccountMinute, account.perAccountMinute()),
                blocksLowConversion);
    }

    private static int smaller(int operators, @Nullable Integer accounts) {
        if (accounts == null) {
            return operators;
        }
        return operators == 0 ? accounts : Math.min(operators, accounts);
    }

    int max(Count.Kind kind) {
        return switch (kind) {
            case NUMBER -> perNumberHour;
            case PREFIX -> perPrefixHour;
            case CLIENT_IP -> perClientIpHour;
            case ACCOUNT -> perAccountMinute;
        };
    }

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
