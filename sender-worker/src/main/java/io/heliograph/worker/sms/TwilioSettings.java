package io.heliograph.worker.sms;

import io.heliograph.providers.routing.Senders;
import java.time.Duration;
import java.util.UUID;

/** One Twilio account, and where to reach it. Prints without its token. */
public record TwilioSettings(
        String name,
        /* Where the API is, without a slash at the end. */
        String baseUrl,
        String accountSid,
        String authToken,
        /* Numbers, short codes, names, or messaging services (MG...). */
        Senders senders,
        /* Calls at once, and connections. */
        int concurrency,
        /* From the first byte to the last of one call. */
        Duration timeout,
        /* What Twilio calls back. */
        String publicUrl,
        /* How long after its claim a message may still have been sent. */
        Duration sendWindow) {

    /**
     * Twilio reads this and does not send it: to call again, as often as it can be told to, after a 5xx, without a connection and without
     * an answer. By itself it calls again once, and only without a connection.
     */
    private static final String CALL_AGAIN = "#rc=5&rp=5xx,ct,rt";

    /** Carries the message's id and attempt, so that a receipt proves acceptance even when the answer got lost. */
    String statusCallback(UUID id, int attempt) {
        return publicUrl + "/callbacks/twilio/status?m=" + id + "&a=" + attempt + CALL_AGAIN;
    }

    /** Such a message is refused before anything is made of it. */
    static IllegalArgumentException carriesNoEmail() {
        return new IllegalArgumentException("Twilio's Messages API carries no email");
    }

    boolean hasCredentials() {
        return !accountSid.isBlank() && !authToken.isBlank();
    }

    @Override
    public String toString() {
        return "twilio " + name + " at " + baseUrl;
    }
}
