package io.heliograph.gateway.notifications.users;

import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.messages.fields.EmailAddress;
import io.heliograph.gateway.messages.fields.Recipients;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a user. Throws the problem of a body that is none, with all its mistakes. */
public final class UserFields {
    private static final int NUMBER_LENGTH_MAX = 60;
    private static final int EMAIL_LENGTH_MAX = 254;
    private static final int TAG_LENGTH_MAX = 40;
    private static final int ATTRIBUTES_LENGTH_MAX = 4_096;

    /** As it stands in paths. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._@:+-]{1,128}");

    private final Recipients recipients;

    UserFields(Recipients recipients) {
        this.recipients = recipients;
    }

    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    User read(String id, JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        User user = new User(id, phone(fields), email(fields), locale(fields), timeZone(fields), attributes(fields));
        var mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return user;
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
            fields.mistake(
                    "attributes",
                    ProblemCode.TOO_LONG,
                    "attributes must be at most " + ATTRIBUTES_LENGTH_MAX + " characters of JSON.");
        }
        return attributes;
    }
}
