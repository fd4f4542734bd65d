package io.heliograph.worker.push;

import io.heliograph.address.AllowedAddresses;
import io.heliograph.contract.SimulatorAccount;
import java.time.Duration;

/** How we push. Prints without the private key. */
public record WebPushSettings(
        String name,
        /* The pair by which push services know us: base64url, 65 and 32 bytes. */
        String vapidPublicKey,
        String vapidPrivateKey,
        /* Where they reach whoever runs this. */
        String subject,
        /* Addresses that may be called: an endpoint is what somebody's browser has said. */
        AllowedAddresses allowed,
        /* Calls at once, and connections to one service. */
        int concurrency,
        /* From the look-up of the service's name to its last word. */
        Duration timeout) {

    boolean hasCredentials() {
        return !vapidPublicKey.isBlank() && !vapidPrivateKey.isBlank();
    }

    /** The keys that are published with this code. */
    boolean areOfSimulator() {
        return vapidPublicKey.equals(SimulatorAccount.VAPID_PUBLIC_KEY);
    }

    @Override
    public String toString() {
        return "webpush " + name;
    }
}
