package io.heliograph.gateway.appointments.changing;

import java.util.List;
import java.util.Locale;

/** Who changes a visit. */
public enum By {
    PATIENT,
    CLINIC,
    ADMINISTRATOR;

    /** What anybody may say. */
    public static final List<String> WORDS = List.of(PATIENT.word(), CLINIC.word());

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static By of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
