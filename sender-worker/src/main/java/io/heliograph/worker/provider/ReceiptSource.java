package io.heliograph.worker.provider;

import org.jspecify.annotations.Nullable;

/** A provider that answers, when it is asked, what became of a message of its own. May block; an answer is a value, never an exception. */
public interface ReceiptSource {
    /** What it answered. */
    sealed interface Told {
        /** Its time was over when the question was about to leave. */
        Told TOO_LATE = new Unavailable("too_late");

        /** Its own word for where the message is, and its own code beside it. */
        record Status(String word, @Nullable String code) implements Told {}

        /** It knows no such message. */
        record NotFound() implements Told {}

        /** It could not be asked. */
        record Unavailable(String cause) implements Told {}
    }

    /** {@code sendBy} is when the question must have left; null when it is never too late. */
    Told receiptOf(String providerMessageId, @Nullable SendBy sendBy);

    /** Whether a question would take from messages what they lack. */
    default boolean hasToWait() {
        return false;
    }
}
