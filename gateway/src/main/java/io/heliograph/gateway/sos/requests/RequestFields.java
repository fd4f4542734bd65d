package io.heliograph.gateway.sos.requests;

import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.users.UserFields;
import io.heliograph.gateway.sos.donors.BloodGroup;
import io.heliograph.gateway.sos.donors.DonorFields;
import io.heliograph.gateway.sos.places.Cities;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a request. */
final class RequestFields {
    static final Duration TOKEN_VALID_USUAL = Duration.ofDays(3);
    private static final Duration TOKEN_VALID_MIN = Duration.ofMinutes(10);
    private static final Duration TOKEN_VALID_MAX = Duration.ofDays(30);
    private static final int UNITS_MAX = 100;
    private static final int HOSPITAL_LENGTH_MAX = 60;
    private static final int ID_LENGTH_MAX = 128;
    private static final int NUMBER_LENGTH_MAX = 60;

    /** What somebody asks for. */
    record Wish(
            String patient,
            BloodGroup group,
            int units,
            String city,
            @Nullable String area,
            @Nullable String hospital,
            @Nullable String contact,
            Urgency urgency,
            Duration tokenValidFor) {}

    /**
     * What stands in a body, as far as it can be read.
     *
     * @param wish null where there are mistakes
     * @param city which somebody has to have heard of; null for none
     */
    record Read(@Nullable Wish wish, @Nullable String city, Mistakes mistakes) {
        /** Throws the problem of a body that is none, with all its mistakes, and those that only others could find. */
        Wish with(List<FieldMistake> others) {
            if (wish == null || !others.isEmpty()) {
                throw Problem.invalid(mistakes.and(new Mistakes(others, 0))).exception();
            }
            return wish;
        }
    }

    private final Recipients recipients;

    RequestFields(Recipients recipients) {
        this.recipients = recipients;
    }

    Read read(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        String patient = patient(fields);
        BloodGroup group = DonorFields.group(fields);
        int units = fields.integer("units", 1, 1, UNITS_MAX);
        String city = DonorFields.city(fields);
        boolean cityIsRight = fields.flag("city_is_right");
        String area = fields.text("area", Cities.NAME_LENGTH_MAX);
        String hospital = fields.text("hospital", HOSPITAL_LENGTH_MAX);
        String contact = contact(fields);
        String priority = fields.oneOf("priority", Urgency.WORDS, Urgency.NORMAL.word());
        Duration validFor = tokenValidFor(fields);
        Mistakes mistakes = fields.mistakes();
        Wish wish = patient == null || group == null || city == null || !mistakes.isEmpty()
                ? null
                : new Wish(
                        patient,
                        group,
                        units,
                        city,
                        DonorFields.blankAsNull(area),
                        DonorFields.blankAsNull(hospital),
                        contact,
                        Urgency.of(priority),
                        validFor);
        return new Read(wish, cityIsRight ? null : city, mistakes);
    }

    /** How long another token is good for. */
    static Duration readRotation(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        Duration validFor = tokenValidFor(fields);
        Mistakes mistakes = fields.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return validFor;
    }

    private static Duration tokenValidFor(JsonFields fields) {
        return Objects.requireNonNullElse(
                fields.duration("token_valid_for", TOKEN_VALID_MIN, TOKEN_VALID_MAX), TOKEN_VALID_USUAL);
    }

    private static @Nullable String patient(JsonFields fields) {
        String patient = fields.requiredText("patient", ID_LENGTH_MAX);
        if (patient != null && !UserFields.isId(patient)) {
            fields.mistake("patient", ProblemCode.NOT_ALLOWED, "patient must be a user's id.");
            return null;
        }
        return patient;
    }

    private @Nullable String contact(JsonFields fields) {
        String text = fields.text("contact", NUMBER_LENGTH_MAX);
        String number = text == null ? null : recipients.e164(text);
        if (text != null && number == null) {
            fields.mistake(
                    "contact",
                    ProblemCode.INVALID_RECIPIENT,
                    "contact cannot be a phone number. Use E.164, such as +15005550010.");
        }
        return number;
    }
}
