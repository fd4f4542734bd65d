package io.heliograph.gateway.appointments.visits;

import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What people call a visit, over the phone too: no two of its characters look or sound alike. */
public final class BookingId {
    private static final String PREFIX = "APT";
    /** Without 0 O, 1 I L, 2 Z, 5 S, 8 B and U. */
    private static final String CHARACTERS = "34679ACDEFGHJKMNPQRTVWXY";

    private static final int LENGTH = 10;
    private static final Pattern SHAPE = Pattern.compile(PREFIX + "[" + CHARACTERS + "]{" + LENGTH + "}");

    private BookingId() {}

    public static String next(RandomGenerator random) {
        StringBuilder id = new StringBuilder(PREFIX);
        random.ints(LENGTH, 0, CHARACTERS.length()).forEach(i -> id.append(CHARACTERS.charAt(i)));
        return id.toString();
    }

    /** As it is stored, whatever letters it is written in; null for what is none. */
    public static @Nullable String read(String text) {
        String id = text.strip().toUpperCase(Locale.ROOT);
        return SHAPE.matcher(id).matches() ? id : null;
    }
}
