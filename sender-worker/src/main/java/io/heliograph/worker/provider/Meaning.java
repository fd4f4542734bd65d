package io.heliograph.worker.provider;

import io.heliograph.contract.Reason;
import java.time.Duration;

/** What a provider's code means for a message, whoever's code it is. */
public enum Meaning {
    /** This message will never be taken. */
    PERMANENT,
    /** The recipient's number is wrong. Of a call with many recipients it is not said whose. */
    RECIPIENT,
    /** This message will never be taken, and somebody should look at the account or its senders. */
    CONFIGURATION,
    /** The same, and it is the sender: it is not ours, not registered, or blocked. */
    SENDER,
    /** The person asked not to be written to. */
    OPTED_OUT,
    /** Nothing will be taken until somebody has put the account in order. The message waits for that. */
    SHUT_OUT,
    /** Not processed, because too much came at once. */
    BUSY,
    /** Not processed; passes in minutes or hours. */
    MUCH_LATER,
    /** The provider does not know either. */
    AMBIGUOUS;

    public Outcome outcome(String code) {
        return outcome(code, Duration.ZERO);
    }

    /** {@code notBefore} is what the provider asked for. */
    public Outcome outcome(String code, Duration notBefore) {
        return switch (this) {
            case PERMANENT, RECIPIENT -> new Outcome.Refused(code, Reason.REFUSED_BY_PROVIDER);
            case CONFIGURATION -> new Outcome.Refused(code, Reason.PROVIDER_CONFIGURATION);
            case SENDER -> new Outcome.Refused(code, Reason.PROVIDER_CONFIGURATION, true);
            case OPTED_OUT -> new Outcome.Refused(code, Reason.RECIPIENT_OPTED_OUT);
            case SHUT_OUT -> new Outcome.TryLater(code, Reason.PROVIDER_CONFIGURATION, Pace.AWAY, notBefore);
            case BUSY -> new Outcome.TryLater(code, Reason.PROVIDER_BUSY, Pace.BUSY, notBefore);
            case MUCH_LATER -> new Outcome.TryLater(code, Reason.PROVIDER_BUSY, Pace.MUCH_LATER, notBefore);
            case AMBIGUOUS -> new Outcome.Unknown(code);
        };
    }
}
