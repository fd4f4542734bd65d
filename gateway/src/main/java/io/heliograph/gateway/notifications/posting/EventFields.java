package io.heliograph.gateway.notifications.posting;

import io.heliograph.gateway.http.IdempotencyKey;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.messages.fields.MessageFields.Origin;
import io.heliograph.gateway.notifications.catalog.Catalog;
import io.heliograph.gateway.notifications.catalog.DataFields;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.deciding.PostedEvent;
import io.heliograph.gateway.notifications.users.UserFields;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** Reads what happened, and holds it against its type: whatever is missing, of the wrong type or undeclared is named at once. */
final class EventFields {
    private static final String OPERATION = "event";
    private static final int NAME_LENGTH_MAX = 100;

    /** What came of reading. */
    sealed interface Read {
        record Valid(PostedEvent event) implements Read {}

        record Invalid(Mistakes mistakes) implements Read {}
    }

    private final Catalog catalog;

    EventFields(Catalog catalog) {
        this.catalog = catalog;
    }

    /** {@code key} is of the request; one in the body goes before it. */
    Read read(JsonObject body, String pointer, @Nullable String key, Origin origin) {
        JsonFields fields = new JsonFields(body, pointer);
        NotificationType type = type(fields, origin.accountId());
        String userId = userId(fields);
        JsonObject given = fields.object("data");
        JsonObject data = given == null ? new JsonObject() : given;
        String itsKey = key(fields, key);
        if (type != null) {
            check(fields, type, data);
        }
        Mistakes mistakes = fields.mistakes();
        if (type == null || userId == null || !mistakes.isEmpty()) {
            return new Read.Invalid(mistakes);
        }
        AcceptIntent.Key hashed =
                itsKey == null ? null : new AcceptIntent.Key(itsKey, IdempotencyKey.hash(OPERATION, withoutKey(body)));
        return new Read.Valid(
                new PostedEvent(origin.id(), origin.accountId(), type, userId, data, hashed, origin.now()));
    }

    /** Only to be read: what is in it is the body's own. */
    private static JsonObject withoutKey(JsonObject body) {
        return new JsonObject(new HashMap<>(body.getMap())).putNull("idempotency_key");
    }

    private @Nullable NotificationType type(JsonFields fields, long accountId) {
        String name = fields.requiredText("type", NAME_LENGTH_MAX);
        NotificationType type = name == null ? null : catalog.type(accountId, name);
        if (name != null && type == null) {
            fields.mistake(
                    "type",
                    ProblemCode.UNKNOWN_TYPE,
                    "There is no notification type of this name. GET /v1/notification-types lists them.");
        }
        return type;
    }

    private static @Nullable String userId(JsonFields fields) {
        String id = fields.requiredText("user", NAME_LENGTH_MAX * 2);
        if (id != null && !UserFields.isId(id)) {
            fields.mistake(
                    "user",
                    ProblemCode.NOT_ALLOWED,
                    "user must be a user's id: 1 to 128 letters, digits and . _ @ : + - characters.");
        }
        return id;
    }

    private static @Nullable String key(JsonFields fields, @Nullable String ofRequest) {
        String key = fields.text("idempotency_key", IdempotencyKey.LENGTH_MAX);
        if (key != null && !IdempotencyKey.isValid(key)) {
            fields.mistake(
                    "idempotency_key",
                    ProblemCode.INVALID_IDEMPOTENCY_KEY,
                    "idempotency_key must be " + IdempotencyKey.SHAPE);
        }
        return key == null ? ofRequest : key;
    }

    private static void check(JsonFields fields, NotificationType type, JsonObject data) {
        if (EventWeight.isTooLong(data)) {
            fields.mistake(
                    "data",
                    ProblemCode.TOO_LONG,
                    "data must be at most " + EventWeight.LENGTH_MAX + " characters of JSON.");
            return;
        }
        JsonFields given = new JsonFields(data, fields.pointer("data"));
        DataFields.check(type, given);
        fields.mistakesOf(given);
    }
}
