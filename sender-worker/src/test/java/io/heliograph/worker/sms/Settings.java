package io.heliograph.worker.sms;

import io.heliograph.contract.SimulatorAccount;
import io.heliograph.worker.testing.Own;
import java.time.Duration;

/** The simulator's account. */
final class Settings {
    private Settings() {}

    static TwilioSettings at(String url, int concurrency, Duration timeout) {
        return at(url, concurrency, timeout, "http://localhost:1");
    }

    static TwilioSettings at(String url, int concurrency, Duration timeout, String publicUrl) {
        return new TwilioSettings(
                "twilio",
                url,
                SimulatorAccount.ACCOUNT_SID,
                SimulatorAccount.AUTH_TOKEN,
                Own.senders(SimulatorAccount.PHONE_NUMBER),
                concurrency,
                timeout,
                publicUrl,
                Duration.ofSeconds(30));
    }
}
