package io.heliograph.gateway.appointments.clinics;

import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.users.UserFields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what an account says about its clinic. Throws the problem of a body that does not, with all its mistakes. */
public final class ClinicFields {
    /** By which a patient can be told of a visit. */
    public static final List<NotificationChannel> CHANNELS =
            List.of(NotificationChannel.SMS, NotificationChannel.WHATSAPP, NotificationChannel.EMAIL);

    private static final List<String> CHANNEL_WORDS =
            CHANNELS.stream().map(NotificationChannel::word).toList();

    private static final int NAME_LENGTH_MAX = 100;
    private static final int NUMBER_LENGTH_MAX = 60;
    private static final Duration NOTICE_DEFAULT = Duration.ofHours(2);
    private static final Duration NOTICE_MAX = Duration.ofDays(30);
    private static final Duration FOLLOW_UP_DEFAULT = Duration.ofHours(24);
    private static final Duration FOLLOW_UP_MIN = Duration.ofMinutes(1);
    private static final Duration FOLLOW_UP_MAX = Duration.ofDays(90);
    private static final String EMERGENCY_NUMBER_DEFAULT = "112";
    private static final String NO_FOLLOW_UP = "never";
    /** As it is dialled in its country: short ones are in no plan of numbers. */
    private static final Pattern DIALLED = Pattern.compile("\\+?[0-9][0-9 -]{1,19}");

    private final Recipients recipients;
    private final String defaultCountry;

    ClinicFields(Recipients recipients, String defaultCountry) {
        this.recipients = recipients;
        this.defaultCountry = defaultCountry;
    }

    Clinic read(long accountId, JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        String name = fields.requiredText("name", NAME_LENGTH_MAX);
        String country = country(fields);
        String phone = phone(fields, country);
        String emergencyNumber = emergencyNumber(fields);
        String zone = UserFields.timeZone(fields);
        if (fields.isMissing("time_zone")) {
            fields.mistake("time_zone", ProblemCode.MISSING, "time_zone is required.");
        }
        Duration notice = fields.duration("notice", Duration.ZERO, NOTICE_MAX);
        Duration followUp = followUp(fields, body);
        List<NotificationChannel> notify = channels(fields, "notify");
        refuse(fields.mistakes());
        if (name == null || phone == null || zone == null) {
            throw new IllegalStateException("What is missing is a mistake");
        }
        return new Clinic(
                accountId,
                name,
                phone,
                emergencyNumber,
                ZoneId.of(zone),
                country,
                wholeMinutes(notice == null ? NOTICE_DEFAULT : notice),
                followUp,
                notify.isEmpty() ? List.of(NotificationChannel.SMS) : notify);
    }

    /** Empty when it is missing, or wrong. */
    public static List<NotificationChannel> channels(JsonFields fields, String field) {
        JsonArray words = fields.array(field);
        List<NotificationChannel> channels = new ArrayList<>();
        if (words == null) {
            return channels;
        }
        if (words.isEmpty() || words.size() > CHANNELS.size()) {
            fields.mistake(field, ProblemCode.WRONG_SIZE, field + " names one to three channels.");
            return channels;
        }
        for (int i = 0; i < words.size(); i++) {
            if (words.getValue(i) instanceof String word && CHANNEL_WORDS.contains(word)) {
                NotificationChannel channel = NotificationChannel.of(word);
                if (!channels.contains(channel)) {
                    channels.add(channel);
                }
            } else {
                fields.mistake(
                        field,
                        i,
                        ProblemCode.NOT_ALLOWED,
                        "A channel must be one of: " + String.join(", ", CHANNEL_WORDS) + ".");
            }
        }
        return channels;
    }

    static void refuse(Mistakes mistakes) {
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
    }

    private String country(JsonFields fields) {
        String text = fields.text("country", 2);
        if (text == null) {
            return defaultCountry;
        }
        String country = text.toUpperCase(Locale.ROOT);
        if (!Recipients.isRegion(country)) {
            fields.mistake("country", ProblemCode.NOT_ALLOWED, "country must be two letters of ISO 3166, such as IN.");
            return defaultCountry;
        }
        return country;
    }

    private @Nullable String phone(JsonFields fields, String country) {
        String text = fields.requiredText("phone", NUMBER_LENGTH_MAX);
        String number = text == null ? null : recipients.e164(text, country);
        if (text != null && number == null) {
            fields.mistake("phone", ProblemCode.INVALID_RECIPIENT, "phone cannot be a phone number.");
        }
        return number;
    }

    private static String emergencyNumber(JsonFields fields) {
        String text = fields.text("emergency_number", NUMBER_LENGTH_MAX);
        if (text != null && !DIALLED.matcher(text).matches()) {
            fields.mistake(
                    "emergency_number", ProblemCode.NOT_ALLOWED, "emergency_number must be digits, as it is dialled.");
        }
        return text == null ? EMERGENCY_NUMBER_DEFAULT : text;
    }

    private static @Nullable Duration followUp(JsonFields fields, JsonObject body) {
        if (NO_FOLLOW_UP.equals(body.getValue("follow_up"))) {
            Object _ = fields.any("follow_up");
            return null;
        }
        Duration followUp = fields.duration("follow_up", FOLLOW_UP_MIN, FOLLOW_UP_MAX);
        return followUp == null ? FOLLOW_UP_DEFAULT : wholeMinutes(followUp);
    }

    private static Duration wholeMinutes(Duration duration) {
        return Duration.ofMinutes(duration.toMinutes());
    }
}
