package io.heliograph.gateway.twilio.words;

import io.heliograph.gateway.accounts.Caller;

/** Who calls, and the sid of the account. */
public record TwilioCaller(Caller caller, String accountSid) {
    public long accountId() {
        return caller.accountId();
    }
}
