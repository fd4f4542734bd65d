package io.heliograph.worker.provider;

import io.heliograph.contract.Reason;
import java.time.Duration;

/** What became of one message at a provider. */
public sealed interface Outcome {
    /** The provider has it, under its own id. */
    record Accepted(String providerMessageId) implements Outcome {}

    /** The provider will never take it; from this sender, when that is what is wrong. */
    record Refused(String code, Reason reason, boolean isSenders) implements Outcome {
        public Refused(String code, Reason reason) {
            this(code, reason, false);
        }
    }

    /**
     * The provider certainly did not take it, and may later. {@code notBefore} is what it asked for; zero when it did
     * not say.
     */
    record TryLater(String code, Reason reason, Pace pace, Duration notBefore) implements Outcome {
        /** The code of what the breaker has held back. */
        public static final String PAUSED = "provider_paused";

        /** The code of what a sender's breaker has held back. */
        public static final String SENDER_PAUSED = "sender_paused";

        /** Its time was over when it was about to leave. */
        public static final TryLater TOO_LATE = new TryLater("too_late", Reason.PROVIDER_BUSY, Pace.NOT_TRIED);

        public TryLater(String code, Reason reason, Pace pace) {
            this(code, reason, pace, Duration.ZERO);
        }
    }

    /** It may have been taken: something left this house, and no answer that says so came back. */
    record Unknown(String cause) implements Outcome {}
}
