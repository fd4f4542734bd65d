package io.heliograph.relay;

import io.heliograph.relay.retention.KeptFor;
import io.heliograph.runtime.Environment;
import java.time.Duration;

/** Reads how long what is kept for accounts that have set nothing else. */
final class KeptForSettings {
    private static final KeptFor USUAL = KeptFor.USUAL;

    private KeptForSettings() {}

    static KeptFor read(Environment environment) {
        Duration messages = days(environment, "MESSAGE", USUAL.messages(), 30, "they say whom a STOP is for");
        return new KeptFor(
                messages,
                days(environment, "MESSAGE_CONTENT", messages, 30, "it says whom a STOP is for"),
                days(environment, "CALLBACK", messages, 3, "providers repeat what they tell"),
                days(environment, "INBOUND", USUAL.inbound(), 7, "providers repeat what they bring"),
                days(environment, "NOTIFICATION", USUAL.notifications(), 7, "caps and digests look back"),
                days(environment, "EVENT", USUAL.events(), 2, "deliveries are tried for a day"),
                days(environment, "VERIFICATION", USUAL.verifications(), 2, "the alarm looks a day back"),
                environment.duration("HELIOGRAPH_IDEMPOTENCY_RETENTION", USUAL.idempotency()),
                days(environment, "APPOINTMENT", USUAL.appointments(), 30, "desks put right what went wrong"));
    }

    private static Duration days(Environment environment, String kind, Duration otherwise, int daysMin, String why) {
        String name = "HELIOGRAPH_" + kind + "_RETENTION";
        Duration kept = environment.duration(name, otherwise);
        if (kept.compareTo(Duration.ofDays(daysMin)) < 0) {
            environment.mistake(name, "wants at least " + daysMin + "d, as " + why);
        }
        return kept;
    }
}
