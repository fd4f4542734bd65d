package io.heliograph.gateway.callbacks.inbound;

import java.util.List;
import java.util.regex.Pattern;

/** Numbers as providers write them, in the one way in which messages have them: E.164, or a short code as it is. */
final class Parties {
    /** Text messages, however they travel: who opts out of one kind has opted out of all. */
    private static final List<String> PREFIXES = List.of("whatsapp:", "rcs:");

    private static final Pattern DIGITS = Pattern.compile("[1-9]\\d{8,14}");

    private Parties() {}

    static String normal(String text) {
        String address = text.strip();
        for (String prefix : PREFIXES) {
            address = address.startsWith(prefix) ? address.substring(prefix.length()) : address;
        }
        return DIGITS.matcher(address).matches() ? "+" + address : address;
    }
}
