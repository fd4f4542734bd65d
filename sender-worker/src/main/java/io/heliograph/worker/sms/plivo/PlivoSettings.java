package io.heliograph.worker.sms.plivo;

import io.heliograph.contract.ReceiptKey;
import io.heliograph.providers.routing.Senders;
import io.heliograph.worker.provider.Outgoing;
import java.time.Duration;
import java.util.List;

/** One Plivo account, and where to reach it. Prints without its token. */
public record PlivoSettings(
        String name,
        /* Where the API is, without a slash at the end. Plivo's own is https://api.plivo.com. */
        String baseUrl,
        String authId,
        String authToken,
        /* Numbers, short codes and names. */
        Senders senders,
        /* Recipients a call. Plivo takes 1,000. */
        int callSizeMax,
        /* Calls at once, and connections. */
        int concurrency,
        /* From the first byte to the last of one call. */
        Duration timeout,
        /* What Plivo calls back. */
        String publicUrl) {
    /** Of a call with one recipient it names the message, so that a receipt proves acceptance by itself. */
    String statusCallback(List<Outgoing> call) {
        Outgoing first = call.getFirst();
        String query = call.size() == 1
                ? "?m=" + first.id() + "&a=" + first.attempt()
                : "?c=" + ReceiptKey.callRef(first.id(), first.attempt());
        return publicUrl + "/callbacks/plivo/status" + query;
    }

    boolean hasCredentials() {
        return !authId.isBlank() && !authToken.isBlank();
    }

    @Override
    public String toString() {
        return "plivo " + name + " at " + baseUrl;
    }
}
