package io.heliograph.gateway.notifications.users;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A person, as the account knows them.
 *
 * @param id the account's own
 * @param phone in E.164
 * @param locale a language tag, such as hi-IN
 * @param timeZone of the tz database, such as Asia/Kolkata
 */
public record User(
        String id,
        @Nullable String phone,
        @Nullable String email,
        @Nullable String locale,
        @Nullable String timeZone,
        @Nullable JsonObject attributes) {

    /** Names nobody. */
    @Override
    public String toString() {
        return "user";
    }
}
