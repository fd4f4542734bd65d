package io.heliograph.worker.provider;

import io.heliograph.contract.Reason;

/** What a provider said when it was asked whether it would take messages, without being given one. */
public sealed interface Health {
    record Up() implements Health {}

    /** It could not be reached, or is out of order. */
    record Down(String cause) implements Health {}

    /** It is there, and does not let us in: somebody has to look at the configuration. */
    record CredentialsWrong() implements Health {}

    /** What the answer says of the provider, had it been given to a message. */
    static Health of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted _ -> new Up();
            case Outcome.Refused refused -> new Down(refused.code());
            case Outcome.TryLater later ->
                later.reason() == Reason.PROVIDER_CONFIGURATION ? new CredentialsWrong() : new Down(later.code());
            case Outcome.Unknown unknown -> new Down(unknown.cause());
        };
    }
}
