package io.heliograph.gateway.notifications.inbox;

import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.http.input.QueryFields;
import io.heliograph.runtime.Ids;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what is asked of an inbox. Throws the problem of what is wrong, with all its mistakes. */
final class InboxFields {
    static final int IDS_MAX = 100;
    private static final int LIMIT_DEFAULT = 50;
    private static final int LIMIT_MAX = 100;
    private static final int CATEGORY_LENGTH_MAX = 50;
    private static final List<String> YES_OR_NO = List.of("true", "false");
    private static final Duration VALID_FOR_DEFAULT = Duration.ofHours(1);
    private static final Duration VALID_FOR_MIN = Duration.ofMinutes(1);
    private static final Duration VALID_FOR_MAX = Duration.ofDays(1);

    /**
     * What to list.
     *
     * @param unread true for what was not read, false for what was, null for both
     * @param archived what was put away, or what was not
     * @param before the newest below this id come first
     */
    record Filter(
            @Nullable Boolean unread,
            boolean archived,
            @Nullable String category,
            UUID before,
            int limit) {}

    /** What an item is to be; null leaves it as it is. */
    record Change(
            @Nullable Boolean seen,
            @Nullable Boolean read,
            @Nullable Boolean archived) {}

    private InboxFields() {}

    static Filter filter(MultiMap parameters) {
        QueryFields query = new QueryFields(parameters);
        String unread = query.oneOf("unread", YES_OR_NO);
        String archived = query.oneOf("archived", YES_OR_NO);
        String category = query.text("category", CATEGORY_LENGTH_MAX);
        UUID cursor = query.cursor("cursor");
        int limit = query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        List<FieldMistake> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return new Filter(
                unread == null ? null : Boolean.valueOf(unread),
                Boolean.parseBoolean(archived),
                category,
                cursor == null ? Ids.LAST : cursor,
                limit);
    }

    /** Of one item. */
    static Change change(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        Change change = change(fields);
        refuse(fields.mistakes());
        return change;
    }

    private static Change change(JsonFields fields) {
        Change change = new Change(flag(fields, "seen"), flag(fields, "read"), flag(fields, "archived"));
        if (Boolean.FALSE.equals(change.seen())) {
            fields.mistake("seen", ProblemCode.NOT_ALLOWED, "What was seen stays seen; seen can only be true.");
        }
        if (change.seen() == null
                && change.read() == null
                && change.archived() == null
                && List.of("seen", "read", "archived").stream().allMatch(fields::isMissing)) {
            fields.mistake("read", ProblemCode.MISSING, "seen, read or archived is required.");
        }
        return change;
    }

    private static @Nullable Boolean flag(JsonFields fields, String name) {
        boolean flag = fields.flag(name);
        return fields.isMissing(name) ? null : Boolean.valueOf(flag);
    }

    /** Of several items, and which. */
    record Changes(List<UUID> ids, Change change) {}

    static Changes changes(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        List<UUID> ids = ids(fields);
        Change change = change(fields);
        refuse(fields.mistakes());
        return new Changes(ids, change);
    }

    private static List<UUID> ids(JsonFields fields) {
        JsonArray array = fields.array("ids");
        List<UUID> ids = new ArrayList<>();
        if (array == null) {
            if (fields.isMissing("ids")) {
                fields.mistake("ids", ProblemCode.MISSING, "ids is required.");
            }
            return ids;
        }
        if (array.isEmpty() || array.size() > IDS_MAX) {
            fields.mistake("ids", ProblemCode.WRONG_SIZE, "ids takes 1 to " + IDS_MAX + ".");
            return ids;
        }
        for (int i = 0; i < array.size(); i++) {
            UUID id = array.getValue(i) instanceof String text ? id(text) : null;
            if (id == null) {
                fields.mistake("ids", i, ProblemCode.NOT_ALLOWED, "This is no id of an item.");
            } else {
                ids.add(id);
            }
        }
        return ids;
    }

    /** Up to and with which item; to the newest one where none is named. */
    static UUID upTo(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        String text = fields.text("up_to", Integer.MAX_VALUE);
        UUID id = text == null ? Ids.LAST : id(text);
        if (id == null) {
            fields.mistake("up_to", ProblemCode.NOT_ALLOWED, "up_to must be the id of an item.");
        }
        refuse(fields.mistakes());
        return Objects.requireNonNull(id);
    }

    /** How long a token is to be good. */
    static Duration validFor(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        Duration validFor = fields.duration("valid_for", VALID_FOR_MIN, VALID_FOR_MAX);
        refuse(fields.mistakes());
        return validFor == null ? VALID_FOR_DEFAULT : validFor;
    }

    static @Nullable UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void refuse(Mistakes mistakes) {
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
    }
}
