package io.heliograph.gateway.notifications.settings;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * For how many days an account keeps what, where it has set anything else than the operator.
 *
 * @param days by kind; without those for which the operator's hold
 */
public record Retention(Map<Kind, Integer> days) {
    public static final Retention NONE = new Retention(Map.of());

    /** What can be kept for shorter or longer. The columns of account_setting have the same names and bounds. */
    public enum Kind {
        /** From the day on which they were accepted, with attempts and receipts. */
        MESSAGES("messages", 30, 3650),
        /** Texts, numbers and the account's own words in messages that stay. Whom a STOP is for, they say for 30 days. */
        MESSAGE_CONTENT("message_content", 30, 3650),
        /** The bodies of receipts. */
        CALLBACKS("callbacks", 3, 3650),
        INBOUND("inbound", 7, 3650),
        NOTIFICATIONS("notifications", 7, 3650),
        /** With the log of their deliveries. */
        EVENTS("events", 2, 30),
        VERIFICATIONS("verifications", 2, 365),
        IDEMPOTENCY("idempotency", 1, 30),
        /** From the visit's end, with its history and what was told of it. */
        APPOINTMENTS("appointments", 30, 3650);

        private final String word;
        private final int daysMin;
        private final int daysMax;

        Kind(String word, int daysMin, int daysMax) {
            this.word = word;
            this.daysMin = daysMin;
            this.daysMax = daysMax;
        }

        public String word() {
            return word;
        }

        public int daysMin() {
            return daysMin;
        }

        public int daysMax() {
            return daysMax;
        }

        String column() {
            return word + "_days";
        }

        static List<String> columns() {
            return Stream.of(values()).map(Kind::column).toList();
        }
    }

    public Retention {
        days = Map.copyOf(days);
    }

    /** In the order of the kinds, null for the operator's. */
    List<@Nullable Integer> inOrder() {
        List<@Nullable Integer> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            all.add(days.get(kind));
        }
        return all;
    }

    /** Of a row with the columns. */
    static Retention of(Function<String, @Nullable Integer> column) {
        Map<Kind, Integer> set = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            Integer days = column.apply(kind.column());
            if (days != null) {
                Integer _ = set.put(kind, days);
            }
        }
        return new Retention(set);
    }
}
