package io.heliograph.gateway.messages.fields;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address that mail can be sent to, as nearly everyone has one: no quotes, no comments, no name beside it. What is left out
 * on purpose is what mail servers get wrong or abuse: white space and control characters would end up in headers.
 */
public final class EmailAddress {
    static final int LENGTH_MAX = 254;

    private static final int LOCAL_PART_LENGTH_MAX = 64;
    private static final String WORD = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL_PART = Pattern.compile(WORD + "(\\." + WORD + ")*");
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    /** At least two labels, and the last one no number: an address of a host in a network is nobody's mailbox. */
    private static final Pattern DOMAIN = Pattern.compile("(" + LABEL + "\\.)+(?![0-9]+$)" + LABEL);

    private EmailAddress() {}

    /** With its domain in lower case and ASCII, or null when no mail could get there. */
    public static @Nullable String normal(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1) {
            return null;
        }
        String localPart = text.substring(0, at);
        String domain = ascii(text.substring(at + 1));
        boolean possible = localPart.length() <= LOCAL_PART_LENGTH_MAX
                && LOCAL_PART.matcher(localPart).matches()
                && DOMAIN.matcher(domain).matches()
                && localPart.length() + 1 + domain.length() <= LENGTH_MAX;
        return possible ? localPart + "@" + domain : null;
    }

    /** A domain may be written in any script; mail knows it by its ASCII form. Empty when it has none. */
    private static String ascii(String domain) {
        try {
            return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
