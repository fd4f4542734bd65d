package io.heliograph.gateway.notifications.posting;

import io.vertx.core.json.JsonObject;

/** What became of an event. */
public sealed interface Notified {
    /** {@code view} is the notification, as answers show it. */
    record Stored(JsonObject view) implements Notified {}

    /** The same event was stored before, under the same key. */
    record Replayed(JsonObject view) implements Notified {}

    record KeyReused() implements Notified {}

    /** The key of the whole batch was used for another one; nothing of this one was stored. */
    record BatchKeyReused() implements Notified {}

    /** The key was used, and the database could not say for what; nothing was stored. */
    record KeyUnknown(Throwable cause) implements Notified {}

    record UnknownUser() implements Notified {}
}
