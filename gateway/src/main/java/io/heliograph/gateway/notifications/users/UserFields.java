package io.heliograph.gateway.notifications.users;

import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.Texts;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.messages.fields.EmailAddress;
import io.heliograph.gateway.messages.fields.Recipients;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a user. Throws the problem of a body that is none, with all its mistakes. */
public final class UserFields {
    static final int NUMBER_LENGTH_MAX = 60;
    static final int EMAIL_LENGTH_MAX = 254;
    private static final int TAG_LENGTH_MAX = 40;
    private static final int ATTRIBUTES_LENGTH_MAX = 4_096;
    private static final String TOO_LONG =
            "attributes must be at most " + ATTRIBUTES_LENGTH_MAX + " characters of JSON.";

    /** As it stands in paths. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._@:+-]{1,128}");

    private final Recipients recipients;

    UserFields(Recipients recipients) {
        this.recipients = recipients;
    }

    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The id in a path. Throws the problem of one that cannot be one. */
    public static String requireId(RoutingContext context) {
        String id = context.pathParam("id");
        if (!isId(id)) {
            throw Problem.of(
                            ProblemCode.NOT_ALLOWED,
                            "A user's id is 1 to 128 letters, digits and . _ @ : + - characters.")
                    .exception();
        }
        return id;
    }

    public static Problem noSuchUser() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no user with this id.");
    }

    User read(String id, JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        User user = new User(id, phone(fields), email(fields), locale(fields), timeZone(fields), attributes(fields));
        refuse(fields.mistakes());
        return user;
    }

    /** What the body names is changed, and null takes it away: RFC 7396. */
    UnaryOperator<User> readChange(String id, JsonObject body) {
        User told = read(id, body);
        return known -> merged(known, told, body);
    }

    private static User merged(User known, User told, JsonObject named) {
        JsonObject attributes = named.containsKey("attributes")
                ? mergedAttributes(known.attributes(), told.attributes())
                : known.attributes();
        return new User(
                known.id(),
                named.containsKey("phone") ? told.phone() : known.phone(),
                named.containsKey("email") ? told.email() : known.email(),
                named.containsKey("locale") ? told.locale() : known.locale(),
                named.containsKey("time_zone") ? told.timeZone() : known.timeZone(),
                attributes);
    }

    private static @Nullable JsonObject mergedAttributes(@Nullable JsonObject known, @Nullable JsonObject told) {
        if (told == null) {
            return null;
        }
        JsonObject merged = merged(known == null ? new JsonObject() : known, told);
        if (merged.encode().length() > ATTRIBUTES_LENGTH_MAX) {
            throw Problem.invalid(List.of(
                            FieldMistake.at(FieldMistake.pointer("", "attributes"), ProblemCode.TOO_LONG, TOO_LONG)))
                    .exception();
        }
        return merged;
    }

    private static JsonObject merged(JsonObject known, JsonObject told) {
        JsonObject merged = known.copy();
        told.forEach(field -> {
            if (field.getValue() == null) {
                Object _ = merged.remove(field.getKey());
            } else if (field.getValue() instanceof JsonObject deeper) {
                Object before = merged.getValue(field.getKey());
                merged.put(
                        field.getKey(),
                        merged(before instanceof JsonObject object ? object : new JsonObject(), deeper));
            } else {
                merged.put(field.getKey(), field.getValue());
            }
        });
        return merged;
    }

    private static void refuse(Mistakes mistakes) {
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
    }

    private @Nullable String phone(JsonFields fields) {
        String text = fields.text("phone", NUMBER_LENGTH_MAX);
        String number = text == null ? null : recipients.e164(text);
        if (text != null && number == null) {
            fields.mistake(
                    "phone",
                    ProblemCode.INVALID_RECIPIENT,
                    "phone cannot be a phone number. Use E.164, such as +15005550010.");
        }
        return number;
    }

    private static @Nullable String email(JsonFields fields) {
        String text = fields.text("email", EMAIL_LENGTH_MAX);
        String address = text == null ? null : EmailAddress.normal(text);
        if (text != null && address == null) {
            fields.mistake(
                    "email",
                    ProblemCode.INVALID_RECIPIENT,
                    "email cannot be an email address. Use one such as ann@example.com.");
        }
        return address;
    }

    /** In its usual letters: hi-IN. */
    public static @Nullable String locale(JsonFields fields) {
        String text = fields.text("locale", TAG_LENGTH_MAX);
        try {
            return text == null
                    ? null
                    : new Locale.Builder()
                            .setLanguageTag(text.replace('_', '-'))
                            .build()
                            .toLanguageTag();
        } catch (IllformedLocaleException e) {
            fields.mistake("locale", ProblemCode.NOT_ALLOWED, "locale must be a language tag, such as en or hi-IN.");
            return null;
        }
    }

    /** By its name in the tz database. */
    public static @Nullable String timeZone(JsonFields fields) {
        String text = fields.text("time_zone", TAG_LENGTH_MAX);
        try {
            // An offset would be wrong for half of the year.
            if (text == null
                    || ZoneId.getAvailableZoneIds().contains(ZoneId.of(text).getId())) {
                return text;
            }
        } catch (DateTimeException e) {
            // Told below.
        }
        fields.mistake(
                "time_zone",
                ProblemCode.NOT_ALLOWED,
                "time_zone must be a name of the tz database, such as Asia/Kolkata.");
        return null;
    }

    private static @Nullable JsonObject attributes(JsonFields fields) {
        JsonObject attributes = fields.object("attributes");
        if (attributes != null && attributes.encode().length() > ATTRIBUTES_LENGTH_MAX) {
            fields.mistake("attributes", ProblemCode.TOO_LONG, TOO_LONG);
        } else if (attributes != null && !Texts.isAllStorable(attributes)) {
            fields.mistake(
                    "attributes",
                    ProblemCode.INVALID_TEXT,
                    "attributes hold a NUL, half of a character, or a number that is too large.");
        }
        return attributes;
    }
}
