package io.heliograph.worker.sms.fast2sms;

import io.heliograph.providers.routing.Senders;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One Fast2SMS account, and where to reach it. Prints without its key. */
public record Fast2smsSettings(
        String name,
        /* Where the API is, without a slash at the end. Fast2SMS' own is https://www.fast2sms.com. */
        String baseUrl,
        String apiKey,
        Route route,
        /* Of the senders in the carriers' register; a message's own goes before it. Null when messages bring theirs. */
        @Nullable String entityId,
        /* Headers: three to six letters. Routes q and otp need none. */
        Senders senders,
        /* Numbers a call. Fast2SMS does not say how many it takes. */
        int callSizeMax,
        /* Calls at once, and connections. */
        int concurrency,
        /* From the first byte to the last of one call. */
        Duration timeout) {
    /** What kind of traffic it is, to Fast2SMS and to the carriers. */
    public enum Route {
        /** Any text, from a sender that Fast2SMS chooses. */
        Q,
        /** A template that Fast2SMS knows by its number, and the words for its slots. */
        DLT,
        /** The whole text, with the ids of its registration. */
        DLT_MANUAL,
        /** Digits; the text around them is Fast2SMS' own. */
        OTP;

        public static Route of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** In one call. */
        boolean takesManyTexts() {
            return this == DLT || this == DLT_MANUAL;
        }

        boolean hasHeader() {
            return this == DLT || this == DLT_MANUAL;
        }
    }

    @Override
    public String toString() {
        return "fast2sms " + name + " at " + baseUrl;
    }
}
