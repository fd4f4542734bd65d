package io.heliograph.gateway.messages.fields;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;

/** Addresses as they are shown to whoever may not see them, or may look over a shoulder: enough to tell which of one's own it is. */
public final class Masked {
    private static final String HIDDEN = "****";
    private static final int DIGITS_SHOWN = 4;

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

    /** {@code a****@example.com}. */
    public static String email(String address) {
        int at = address.lastIndexOf('@');
        return at < 1 ? HIDDEN : address.charAt(0) + HIDDEN + address.substring(at);
    }
}
