package io.heliograph.gateway.callbacks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the fields of Fast2SMS's reports are called: its customers write the payload themselves, in a dashboard. Their names come before
 * those that Fast2SMS has in its examples.
 */
public final class Fast2SmsFields {
    /** What a report tells. */
    enum Field {
        NUMBER,
        STATUS,
        REQUEST_ID,
        /** Our name of the call, which comes back as it was given. */
        REFERENCE,
        REASON,
        /** Holds a list of reports. */
        REPORTS;

        /** What it is called in Fast2SMS's examples. */
        List<String> usual() {
            return switch (this) {
                case NUMBER -> List.of("mobile", "number");
                case STATUS -> List.of("status");
                case REQUEST_ID -> List.of("request_id");
                case REFERENCE -> List.of("udf1");
                case REASON -> List.of("failure_reason", "status_description");
                case REPORTS -> List.of("sms_reports");
            };
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Field of(String word) {
            return Arrays.stream(values())
                    .filter(field -> field.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("No field: " + word));
        }
    }

    public static final Fast2SmsFields USUAL = new Fast2SmsFields(Map.of());

    /** How they are written, for people. */
    public static final String SHAPE = "pairs such as number=phone,status=dlr.state, of "
            + Arrays.stream(Field.values()).map(Field::word).collect(Collectors.joining(", "));

    private static final int NAMES_MAX = 20;

    private final Map<Field, String[]> names = new EnumMap<>(Field.class);
    private final Map<Field, List<String>> own;

    private Fast2SmsFields(Map<Field, List<String>> own) {
        this.own = own;
        for (Field field : Field.values()) {
            names.put(
                    field,
                    Stream.concat(own.getOrDefault(field, List.of()).stream(), field.usual().stream())
                            .toArray(String[]::new));
        }
    }

    /** A name with dots is a path in JSON. Throws IllegalArgumentException for what is written otherwise. */
    public static Fast2SmsFields parse(String text) {
        Map<Field, List<String>> own = new EnumMap<>(Field.class);
        String[] pairs = text.split(",", -1);
        if (pairs.length > NAMES_MAX) {
            throw new IllegalArgumentException("Too many names");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = pair.substring(equals + 1).strip();
            if (equals < 0 || name.isEmpty()) {
                throw new IllegalArgumentException("No pair: " + pair);
            }
            own.computeIfAbsent(Field.of(pair.substring(0, equals).strip()), _ -> new ArrayList<>())
                    .add(name);
        }
        return new Fast2SmsFields(own);
    }

    String[] names(Field field) {
        return names.getOrDefault(field, new String[0]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fast2SmsFields fields && own.equals(fields.own);
    }

    @Override
    public int hashCode() {
        return own.hashCode();
    }
}
