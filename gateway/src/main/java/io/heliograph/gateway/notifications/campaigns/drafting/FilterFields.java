package io.heliograph.gateway.notifications.campaigns.drafting;

import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Texts;
import io.heliograph.gateway.http.Times;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.notifications.catalog.Locales;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which users are meant: those of whom everything holds that is named; an empty filter means all. */
final class FilterFields {
    private static final int WORDS_MAX = 50;
    private static final int ATTRIBUTES_LENGTH_MAX = 4_096;
    private static final Pattern PREFIX = Pattern.compile("\\+[1-9][0-9]{0,14}");

    private FilterFields() {}

    /** Null without one. */
    static @Nullable JsonObject read(JsonFields fields) {
        JsonFields users = fields.child("users");
        if (users == null) {
            return null;
        }
        JsonObject filter = new JsonObject();
        put(filter, "locales", words(users, "locales", "Each locale must be a language tag.", Locales::normal));
        put(
                filter,
                "phone_prefixes",
                words(
                        users,
                        "phone_prefixes",
                        "Each prefix must be + and digits, such as +91.",
                        text -> PREFIX.matcher(text).matches() ? text : null));
        put(filter, "attributes", attributes(users));
        put(filter, "has_phone", flag(users, "has_phone"));
        put(filter, "has_email", flag(users, "has_email"));
        Instant joined = users.time("joined_after");
        put(filter, "joined_after", joined == null ? null : Times.text(joined.atOffset(ZoneOffset.UTC)));
        fields.mistakesOf(users);
        return filter;
    }

    private static void put(JsonObject filter, String name, @Nullable Object value) {
        if (value != null) {
            filter.put(name, value);
        }
    }

    private static @Nullable Object flag(JsonFields users, String name) {
        return users.isMissing(name) ? users.any(name) : (Object) users.flag(name);
    }

    private static @Nullable JsonArray words(
            JsonFields users, String name, String otherwise, Function<String, @Nullable String> normal) {
        JsonArray given = users.array(name);
        if (given == null) {
            return null;
        }
        if (given.isEmpty() || given.size() > WORDS_MAX) {
            users.mistake(name, ProblemCode.WRONG_SIZE, name + " takes 1 to " + WORDS_MAX + " of them.");
            return null;
        }
        JsonArray words = new JsonArray();
        for (int i = 0; i < given.size(); i++) {
            String word = given.getValue(i) instanceof String text ? normal.apply(text) : null;
            if (word == null) {
                users.mistake(name, i, ProblemCode.NOT_ALLOWED, otherwise);
            } else {
                words.add(word);
            }
        }
        return words;
    }

    /** Which they have, among others. */
    private static @Nullable JsonObject attributes(JsonFields users) {
        JsonObject attributes = users.object("attributes");
        if (attributes != null && attributes.encode().length() > ATTRIBUTES_LENGTH_MAX) {
            users.mistake(
                    "attributes",
                    ProblemCode.TOO_LONG,
                    "attributes must be at most " + ATTRIBUTES_LENGTH_MAX + " characters of JSON.");
        } else if (attributes != null && !Texts.isAllStorable(attributes)) {
            users.mistake("attributes", ProblemCode.INVALID_TEXT, "attributes hold a NUL or half of a character.");
        }
        return attributes;
    }
}
