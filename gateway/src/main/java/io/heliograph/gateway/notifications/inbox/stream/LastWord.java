package io.heliograph.gateway.notifications.inbox.stream;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** Why a stream of an inbox is ended from our side, as its reader is told. */
enum LastWord {
    /** The gateway stops; another one goes on. */
    STOPPING,
    /** What was sent was not read for too long. */
    TOO_SLOW,
    /** It is not good any more: its time is over, or it was revoked, or its person erased. */
    TOKEN_EXPIRED,
    /** It could not be told what has changed, through a fault of ours. */
    FAILED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    JsonObject json() {
        return new JsonObject().put("type", "end").put("reason", word());
    }
}
