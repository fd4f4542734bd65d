package io.heliograph.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Why a message is where it is: stable codes that clients may match. A provider's own code stands in its attempt. */
public enum Reason {
    /** Its validity passed before it could be sent. */
    VALIDITY_PASSED,
    /** The account cancelled it. */
    CANCELED_BY_ACCOUNT,
    /** The provider refused it for good. */
    REFUSED_BY_PROVIDER,
    /** The carrier or the handset refused it. */
    REFUSED_BY_CARRIER,
    /** Every allowed attempt was used up. */
    ATTEMPTS_USED_UP,
    /** The provider asked to come back later. */
    PROVIDER_BUSY,
    /** The provider could not be reached, and nothing left this house. */
    PROVIDER_UNREACHABLE,
    /** The breaker is open: the provider is left alone for a while. */
    PROVIDER_PAUSED,
    /** Our credentials, sender or configuration are not accepted by the provider. */
    PROVIDER_CONFIGURATION,
    /** The recipient has opted out with the provider. */
    RECIPIENT_OPTED_OUT,
    /** No one can say whether the provider accepted it; the message's own policy decided. */
    OUTCOME_UNKNOWN,
    /** No provider is configured for the channel, or no other one is well that has not failed with it yet. */
    NO_PROVIDER,
    /** The person has got as many messages as one may get for now. */
    RECIPIENT_LIMIT,
    /** The customer account sends as fast as it may. */
    ACCOUNT_LIMIT,
    /** Nobody can be reached there: no such number, none that takes such messages, or one that is blocked. */
    RECIPIENT_UNREACHABLE,
    /** The browser has ended its subscription, or it was removed here. */
    SUBSCRIPTION_GONE,
    /** The message that it followed has arrived after all. */
    FIRST_ARRIVED,
    /** What it tells of has changed before it left. */
    SUPERSEDED,
    /** The recipient has switched such messages off. */
    DISABLED_BY_USER,
    /** It waits for the end of the recipient's quiet hours. */
    QUIET_HOURS,
    /** It waits for the hours in which the law of the recipient's country allows promotions. */
    PROMOTIONAL_HOURS;

    public static final List<String> CODES =
            Arrays.stream(values()).map(Reason::code).toList();

    /** Who has to do something about it. */
    public Cause cause() {
        return switch (this) {
            case VALIDITY_PASSED, PROVIDER_CONFIGURATION, NO_PROVIDER, RECIPIENT_LIMIT, ACCOUNT_LIMIT -> Cause.OURS;
            case REFUSED_BY_CARRIER,
                    ATTEMPTS_USED_UP,
                    PROVIDER_BUSY,
                    PROVIDER_UNREACHABLE,
                    PROVIDER_PAUSED,
                    OUTCOME_UNKNOWN -> Cause.PROVIDER;
            case CANCELED_BY_ACCOUNT,
                    REFUSED_BY_PROVIDER,
                    RECIPIENT_OPTED_OUT,
                    RECIPIENT_UNREACHABLE,
                    SUBSCRIPTION_GONE,
                    FIRST_ARRIVED,
                    SUPERSEDED,
                    DISABLED_BY_USER,
                    QUIET_HOURS,
                    PROMOTIONAL_HOURS -> Cause.CUSTOMER_DATA;
        };
    }

    /** Whether another provider may bring a message to the person, after one has reported this. */
    public boolean anotherProviderMayDoBetter() {
        return switch (this) {
            case REFUSED_BY_PROVIDER, REFUSED_BY_CARRIER, PROVIDER_CONFIGURATION -> true;
            case VALIDITY_PASSED,
                    CANCELED_BY_ACCOUNT,
                    ATTEMPTS_USED_UP,
                    PROVIDER_BUSY,
                    PROVIDER_UNREACHABLE,
                    PROVIDER_PAUSED,
                    RECIPIENT_OPTED_OUT,
                    OUTCOME_UNKNOWN,
                    NO_PROVIDER,
                    RECIPIENT_LIMIT,
                    ACCOUNT_LIMIT,
                    RECIPIENT_UNREACHABLE,
                    SUBSCRIPTION_GONE,
                    FIRST_ARRIVED,
                    SUPERSEDED,
                    DISABLED_BY_USER,
                    QUIET_HOURS,
                    PROMOTIONAL_HOURS -> false;
        };
    }

    public static Reason of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
