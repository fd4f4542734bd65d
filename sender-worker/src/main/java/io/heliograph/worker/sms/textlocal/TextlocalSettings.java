package io.heliograph.worker.sms.textlocal;

import io.heliograph.providers.routing.Senders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One Textlocal account, and where to reach it. Prints without its key. */
public record TextlocalSettings(
        String name,
        /*
         * Where the API is, without a slash at the end: https://api.txtlocal.com for the United Kingdom,
         * https://api.textlocal.in for India, or what Textlocal has moved the account to.
         */
        String baseUrl,
        String apiKey,
        /* Names of up to eleven letters and digits, in India of six letters. */
        Senders senders,
        /* Messages a call. Textlocal asks for no more than about 500. */
        int callSizeMax,
        /* Calls at once, and connections. */
        int concurrency,
        /* From the first byte to the last of one call. */
        Duration timeout,
        /* What Textlocal calls back, with the secret in its path; null when it is not to. */
        @Nullable String receiptUrl) {
    @Override
    public String toString() {
        return "textlocal " + name + " at " + baseUrl;
    }
}
