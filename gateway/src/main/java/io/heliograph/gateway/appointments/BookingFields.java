package io.heliograph.gateway.appointments;

import io.heliograph.gateway.appointments.changing.By;
import io.heliograph.gateway.appointments.changing.NewAppointment;
import io.heliograph.gateway.appointments.clinics.ClinicFields;
import io.heliograph.gateway.appointments.visits.BookingId;
import io.heliograph.gateway.appointments.visits.Patient;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.messages.Origins;
import io.heliograph.gateway.messages.fields.EmailAddress;
import io.heliograph.gateway.messages.fields.Recipients;
import io.heliograph.gateway.notifications.catalog.NotificationChannel;
import io.heliograph.gateway.notifications.users.UserFields;
import io.heliograph.gateway.outbox.AcceptIntent;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Reads the wish for a visit. Throws the problem of a body that is none, with all its mistakes. */
final class BookingFields {
    private static final int ID_LENGTH_MAX = 128;
    private static final int NAME_LENGTH_MAX = 100;
    private static final int ADDRESS_LENGTH_MAX = 254;
    private static final int NOTES_LENGTH_MAX = 1_000;

    private final Recipients recipients;
    private final Origins origins;
    private final RandomGenerator random;

    BookingFields(Recipients recipients, Origins origins, RandomGenerator random) {
        this.recipients = recipients;
        this.origins = origins;
        this.random = random;
    }

    /** Whether somebody has to say of which country its number is. */
    static boolean needsCountry(JsonObject body) {
        return body.getValue("patient") instanceof JsonObject patient
                && patient.getValue("phone") instanceof String phone
                && !phone.startsWith("+");
    }

    /** {@code country}: of a number that is written without one; null: the gateway's. */
    NewAppointment read(long accountId, JsonObject body, @Nullable String country, AcceptIntent.@Nullable Key key) {
        JsonFields fields = new JsonFields(body, "");
        String doctor = fields.requiredText("doctor", ID_LENGTH_MAX);
        Instant startsAt = requiredTime(fields, "starts_at");
        Patient patient = patient(fields, country);
        List<NotificationChannel> notify = ClinicFields.channels(fields, "notify");
        String notes = fields.text("notes", NOTES_LENGTH_MAX);
        By by = By.of(fields.oneOf("by", By.WORDS, By.CLINIC.word()));
        if (patient != null && patient.userId() == null) {
            requireAddresses(fields, notify, patient);
        }
        refuse(fields.mistakes());
        if (doctor == null || startsAt == null || patient == null) {
            throw new IllegalStateException("What is missing is a mistake");
        }
        return new NewAppointment(
                origins.ids().get(),
                accountId,
                BookingId.next(random),
                doctor,
                startsAt,
                patient,
                notify,
                notes,
                by,
                OffsetDateTime.now(origins.clock()),
                key);
    }

    static @Nullable Instant requiredTime(JsonFields fields, String name) {
        if (fields.isMissing(name)) {
            fields.mistake(name, ProblemCode.MISSING, name + " is required.");
        }
        return fields.time(name);
    }

    static void refuse(Mistakes mistakes) {
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
    }

    private @Nullable Patient patient(JsonFields fields, @Nullable String country) {
        if (fields.isMissing("patient")) {
            fields.mistake("patient", ProblemCode.MISSING, "patient is required.");
        }
        JsonFields one = fields.child("patient");
        if (one == null) {
            return null;
        }
        String name = one.requiredText("name", NAME_LENGTH_MAX);
        String user = user(one);
        String phone = phone(one, country);
        String email = email(one);
        String locale = UserFields.locale(one);
        if (one.isMissing("user") && one.isMissing("phone") && one.isMissing("email")) {
            one.mistake(
                    "phone", ProblemCode.MISSING, "A patient is told by phone, email or as a user: one is required.");
        }
        fields.mistakesOf(one);
        return name == null ? null : new Patient(name, user, phone, email, locale);
    }

    private static @Nullable String user(JsonFields patient) {
        String user = patient.text("user", ID_LENGTH_MAX);
        if (user != null && !UserFields.isId(user)) {
            patient.mistake("user", ProblemCode.NOT_ALLOWED, "user must be a user's id.");
            return null;
        }
        return user;
    }

    private @Nullable String phone(JsonFields patient, @Nullable String country) {
        String text = patient.text("phone", ADDRESS_LENGTH_MAX);
        if (text == null) {
            return null;
        }
        String number = country == null ? recipients.e164(text) : recipients.e164(text, country);
        if (number == null) {
            patient.mistake(
                    "phone",
                    ProblemCode.INVALID_RECIPIENT,
                    "phone cannot be a phone number. Use E.164, such as +15005550010.");
        }
        return number;
    }

    private static @Nullable String email(JsonFields patient) {
        String text = patient.text("email", ADDRESS_LENGTH_MAX);
        String address = text == null ? null : EmailAddress.normal(text);
        if (text != null && address == null) {
            patient.mistake(
                    "email",
                    ProblemCode.INVALID_RECIPIENT,
                    "email cannot be an email address. Use one such as ann@example.com.");
        }
        return address;
    }

    /** Of a user they may come later. */
    private static void requireAddresses(JsonFields fields, List<NotificationChannel> notify, Patient patient) {
        for (int i = 0; i < notify.size(); i++) {
            boolean hasOne = notify.get(i).goesToNumber() ? patient.phone() != null : patient.email() != null;
            if (!hasOne) {
                fields.mistake(
                        "notify",
                        i,
                        ProblemCode.CHANNEL_MISMATCH,
                        "The patient has no address for " + notify.get(i).word() + ".");
            }
        }
    }
}
