package io.heliograph.gateway.sos.donors;

import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.sos.places.Cities;
import io.heliograph.gateway.sos.places.PlaceKey;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a donor, and what requests have in common with one. */
public final class DonorFields {
    private static final int NAME_LENGTH_MAX = 100;

    private DonorFields() {}

    /** Throws the problem of a body that is none, with all its mistakes. */
    static Donor read(JsonObject body) {
        JsonFields fields = new JsonFields(body, "");
        String name = fields.text("name", NAME_LENGTH_MAX);
        BloodGroup group = group(fields);
        String city = city(fields);
        String area = fields.text("area", Cities.NAME_LENGTH_MAX);
        boolean isAvailable = fields.isMissing("available") || fields.flag("available");
        // Marks it as known where it is null.
        Object _ = fields.any("available");
        Mistakes mistakes = fields.mistakes();
        if (group == null || city == null || !mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        return new Donor(blankAsNull(name), group, city, blankAsNull(area), isAvailable);
    }

    /** Null with a mistake told. */
    public static @Nullable BloodGroup group(JsonFields fields) {
        String text = fields.requiredText("blood_group", NAME_LENGTH_MAX);
        BloodGroup group = text == null ? null : BloodGroup.of(text);
        if (text != null && group == null) {
            fields.mistake(
                    "blood_group",
                    ProblemCode.NOT_ALLOWED,
                    "blood_group must be one of: " + String.join(", ", BloodGroup.WORDS) + ".");
        }
        return group;
    }

    /** Likewise. */
    public static @Nullable String city(JsonFields fields) {
        String city = fields.requiredText("city", Cities.NAME_LENGTH_MAX);
        if (city != null && PlaceKey.of(city).isEmpty()) {
            fields.mistake("city", ProblemCode.NOT_ALLOWED, "city must have a letter.");
            return null;
        }
        return city == null ? null : city.strip();
    }

    public static @Nullable String blankAsNull(@Nullable String text) {
        String stripped = Objects.requireNonNullElse(text, "").strip();
        return stripped.isEmpty() ? null : stripped;
    }
}
