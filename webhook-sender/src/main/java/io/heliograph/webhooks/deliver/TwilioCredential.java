package io.heliograph.webhooks.deliver;

/** What an account is at the Twilio-compatible API; its callbacks are signed with the token. */
record TwilioCredential(String accountSid, String authToken) {
    @Override
    public String toString() {
        return accountSid;
    }
}
