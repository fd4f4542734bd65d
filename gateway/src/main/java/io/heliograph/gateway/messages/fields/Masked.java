package io.heliograph.gateway.messages.fields;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.regex.Pattern;

/** Addresses as they are shown to whoever may not see them, or may look over a shoulder: enough to tell which of one's own it is. */
public final class Masked {
    private static final String HIDDEN = "****";
    private static final int DIGITS_SHOWN = 4;
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{8,15}");

    private Masked() {}

    /** {@code +91****3210}. */
    public static String phone(String e164) {
        try {
            int country = PhoneNumberUtil.getInstance().parse(e164, null).getCountryCode();
            return "+" + country + HIDDEN + e164.substring(Math.max(0, e164.length() - DIGITS_SHOWN));
        } catch (NumberParseException e) {
            return HIDDEN;
        }
    }

    /** Of either kind, or of none: what was erased is empty. */
    public static String address(String address) {
        if (address.isEmpty()) {
            return address;
        }
        return address.contains("@") ? email(address) : phone(address);
    }

    /** Numbers in a text that somebody else has written. */
    public static String numbersIn(String text) {
        return NUMBER.matcher(text)
                .replaceAll(
                        found -> HIDDEN + found.group().substring(found.group().length() - DIGITS_SHOWN));
    }

    /** {@code a****@example.com}. */
    public static String email(String address) {
        int at = address.lastIndexOf('@');
        return at < 1 ? HIDDEN : address.charAt(0) + HIDDEN + address.substring(at);
    }
}
