package io.heliograph.events;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be told. Clients filter by the words, so they are stable. */
public enum EventType {
    MESSAGE_ACCEPTED("message"),
    MESSAGE_SENT("message"),
    MESSAGE_DELIVERED("message"),
    MESSAGE_READ("message"),
    MESSAGE_UNDELIVERED("message"),
    MESSAGE_FAILED("message"),
    MESSAGE_EXPIRED("message"),
    MESSAGE_REFUSED("message"),
    MESSAGE_CANCELED("message"),
    MESSAGE_UNKNOWN("message"),
    INBOUND_RECEIVED("inbound"),
    CONSENT_CHANGED("consent"),
    /** Of the codes sent to a country hardly any is typed. */
    VERIFICATION_CONVERSION_LOW("verification"),
    /** Something happened to a user, of a type that is told to the account's own systems. */
    NOTIFICATION_POSTED("notification"),
    WEBHOOK_ENDPOINT_DISABLED("webhook_endpoint"),
    /** Somebody tries an endpoint; it goes to that one only. */
    WEBHOOK_ENDPOINT_TEST("webhook_endpoint");

    public static final List<String> WORDS =
            Arrays.stream(values()).map(EventType::word).toList();

    private final String subject;

    EventType(String subject) {
        this.subject = subject;
    }

    public String word() {
        return subject + "." + name().substring(subject.length() + 1).toLowerCase(Locale.ROOT);
    }
}
