package io.heliograph.worker.sms;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.providers.routing.Senders;
import io.heliograph.worker.testing.Own;
import java.time.Duration;

/** The simulator's account. */
final class Settings {
    private Settings() {}

    static TwilioSettings at(String url, int concurrency, Duration timeout) {
        return at(url, concurrency, timeout, "http://localhost:1");
    }

    static TwilioSettings at(String url, int concurrency, Duration timeout, Senders senders) {
        return at(url, concurrency, timeout, "http://localhost:1", senders);
    }

    static TwilioSettings at(String url, int concurrency, Duration timeout, String publicUrl) {
        return at(url, concurrency, timeout, publicUrl, Own.senders(SimulatorAccount.PHONE_NUMBER));
    }

    private static TwilioSettings at(String url, int concurrency, Duration timeout, String publicUrl, Senders senders) {
        return new TwilioSettings(
                "twilio",
                url,
                SimulatorAccount.ACCOUNT_SID,
                SimulatorAccount.AUTH_TOKEN,
                senders,
                concurrency,
                timeout,
                publicUrl,
                Duration.ofSeconds(30));
    }
}
