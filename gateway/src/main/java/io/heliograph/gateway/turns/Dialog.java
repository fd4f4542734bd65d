package io.heliograph.gateway.turns;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Locale;

/** Something of ours that people talk with. */
public interface Dialog {
    /** Its word is stored with every turn: it may not change. */
    enum Name {
        BOOKING("booking"),
        SOS("sos");

        private final String word;

        Name(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        /** Throws {@link IllegalArgumentException} on a word that is none. */
        static Name of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Does what a message asks for and stores the answer, in the transaction of the connection. Nobody else has this line from the first statement
     * on that is sent there. What fails is rolled back, and tried again later; the Future completes when nothing of it goes on.
     */
    Future<Void> take(SqlConnection connection, Turn turn);
}
