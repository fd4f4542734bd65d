package io.heliograph.simulator.script;

import org.jspecify.annotations.Nullable;

/** How a call for messages is answered, and whether they are sent all the same. */
public sealed interface Answer {
    Answer CREATED = new Created();

    /** True when a real person would get the message, whatever the caller is told. */
    boolean accepts();

    /** The provider's success, or the proper error when the request is not valid. */
    record Created() implements Answer {
        @Override
        public boolean accepts() {
            return true;
        }
    }

    /**
     * One of the provider's error codes, with the HTTP status and the words that belong to it, or with other words.
     * Plivo has no codes; there it is the HTTP status.
     */
    record Refused(int code, @Nullable String message) implements Answer {
        @Override
        public boolean accepts() {
            return false;
        }
    }

    /** This recipient is none, as the provider says that of one among many. */
    record InvalidNumber() implements Answer {
        @Override
        public boolean accepts() {
            return false;
        }
    }

    /** 429 in the provider's JSON; a Retry-After header when the seconds are not 0, which says a date where {@code asDate}. */
    record TooManyRequests(int retryAfterSeconds, boolean asDate) implements Answer {
        @Override
        public boolean accepts() {
            return false;
        }
    }

    /** A 5xx in the provider's JSON. */
    record ServerError(int status, int retryAfterSeconds, boolean accepts) implements Answer {}

    /** A success whose JSON has no id, or a blank one. A status of 0 is the provider's own for success. */
    record WithoutSid(int status, boolean blank, boolean accepts) implements Answer {}

    /** What proxies, crashes and bugs make of an answer: nothing of it is the provider's own. */
    sealed interface Stray extends Answer {
        /** For the ledger. */
        String word();

        /** The HTTP status, 0 when nothing comes back; the success is the provider's own. */
        int statusOr(int success);
    }

    /** An error page such as a proxy makes. */
    record Html(int status, boolean accepts) implements Stray {
        @Override
        public String word() {
            return "html";
        }

        @Override
        public int statusOr(int success) {
            return status;
        }
    }

    /** 302 to somewhere else, with an empty JSON object. */
    record Redirect(boolean accepts) implements Stray {
        @Override
        public String word() {
            return "redirect";
        }

        @Override
        public int statusOr(int success) {
            return 302;
        }
    }

    /** A success whose body is not JSON. A status of 0 is the provider's own for success. */
    record Garbage(int status, boolean accepts) implements Stray {
        @Override
        public String word() {
            return "garbage";
        }

        @Override
        public int statusOr(int success) {
            return status == 0 ? success : status;
        }
    }

    /** A success without a body. A status of 0 is the provider's own for success. */
    record Empty(int status, boolean accepts) implements Stray {
        @Override
        public String word() {
            return "empty";
        }

        @Override
        public int statusOr(int success) {
            return status == 0 ? success : status;
        }
    }

    /** The connection is reset instead of an answer. */
    record Reset(boolean accepts) implements Stray {
        @Override
        public String word() {
            return "reset";
        }

        @Override
        public int statusOr(int success) {
            return 0;
        }
    }

    /** Nothing comes back, ever; the connection stays open. */
    record Silence(boolean accepts) implements Stray {
        @Override
        public String word() {
            return "silence";
        }

        @Override
        public int statusOr(int success) {
            return 0;
        }
    }
}
