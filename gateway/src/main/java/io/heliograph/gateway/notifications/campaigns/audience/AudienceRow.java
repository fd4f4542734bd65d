package io.heliograph.gateway.notifications.campaigns.audience;

import io.heliograph.gateway.http.ProblemCode;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What a line of a file comes to. */
sealed interface AudienceRow {
    /**
     * Somebody to be told.
     *
     * @param n from 1, in the order of the file
     * @param user of the account; null for whoever is named by an address alone
     * @param address where to, before what is known of the user
     */
    record Person(
            int n,
            @Nullable String user,
            @Nullable String address,
            @Nullable String locale,
            @Nullable JsonObject data) implements AudienceRow {
        /** Names nobody. */
        @Override
        public String toString() {
            return "row " + n;
        }
    }

    /**
     * It cannot be used.
     *
     * @param line of the file, from 1
     * @param field the column
     */
    record Broken(long line, String field, ProblemCode code, String detail) implements AudienceRow {}
}
