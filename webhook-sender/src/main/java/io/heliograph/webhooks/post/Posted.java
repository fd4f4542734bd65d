package io.heliograph.webhooks.post;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of one POST. */
public sealed interface Posted {
    /**
     * The receiver has said what it makes of it.
     *
     * @param head the first characters of the answer's body.
     * @param retryAfter how long it wants to be left alone; zero when it did not say.
     * @param flaw what was wrong with the answer beside its status; null for nothing.
     */
    record Answered(
            int status,
            String head,
            Duration retryAfter,
            @Nullable Failure flaw) implements Posted {
        @Override
        public boolean arrived() {
            return status >= 200 && status < 300;
        }
    }

    /** There is no answer; the receiver may have it all the same. */
    record NotAnswered(Failure failure) implements Posted {
        @Override
        public boolean arrived() {
            return false;
        }
    }

    boolean arrived();

    /** The words of the delivery log. */
    enum Failure {
        /** Neither {@code http} nor {@code https}, without a host, or with a port that is none. */
        URL_UNUSABLE,
        NAME_NOT_FOUND,
        /** Every address of the name is one that is not called: private, loopback, link-local, ... */
        ADDRESS_REFUSED,
        CONNECT_FAILED,
        /** By nobody who is known here. */
        CERTIFICATE_NOT_TRUSTED,
        CERTIFICATE_OF_ANOTHER_NAME,
        /** Or not yet valid. */
        CERTIFICATE_EXPIRED,
        /** In any other way: there is no TLS, or no version of it that both speak. */
        TLS_FAILED,
        CONNECTION_LOST,
        TIMEOUT,
        /** Where it leads is not followed. */
        REDIRECT,
        /** Its rest was not read. */
        ANSWER_TOO_LARGE,
        /** There is nothing to sign it with. */
        NO_CREDENTIAL,
        /** A mistake of ours; the log has more. */
        INTERNAL_ERROR;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
