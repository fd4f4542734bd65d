package io.heliograph.gateway.notifications.settings;

import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonFields;
import io.heliograph.gateway.notifications.settings.Retention.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads for how many days what is kept. */
final class RetentionFields {
    /** What the law may ask for at any time. */
    private static final List<String> NEVER_FORGOTTEN = List.of("consents", "suppressions", "erasures", "audit");

    private RetentionFields() {}

    static Retention read(JsonFields fields) {
        Map<Kind, Integer> set = new EnumMap<>(Kind.class);
        JsonFields kinds = fields.child("retention");
        if (kinds != null) {
            for (Kind kind : Kind.values()) {
                int days = kinds.integer(kind.word(), 0, kind.daysMin(), kind.daysMax());
                if (days > 0) {
                    Integer _ = set.put(kind, days);
                }
            }
            for (String name : NEVER_FORGOTTEN) {
                if (kinds.names().contains(name)) {
                    Object _ = kinds.any(name);
                    kinds.mistake(
                            name,
                            ProblemCode.NOT_ALLOWED,
                            name + " are proof, and go with their person only: see DELETE /v1/users/{id}.");
                }
            }
            fields.mistakesOf(kinds);
        }
        return new Retention(set);
    }
}
