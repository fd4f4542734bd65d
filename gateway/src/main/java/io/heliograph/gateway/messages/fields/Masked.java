package io.heliograph.gateway.messages.fields;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.vertx.sqlclient.Row;
import java.util.Set;
import java.util.regex.Pattern;

/** Addresses as they are shown to whoever may not see them, or may look over a shoulder: enough to tell which of one's own it is. */
public final class Masked {
    private static final String HIDDEN = "****";
    private static final int DIGITS_SHOWN = 4;
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{8,15}");

    /** What donors of blood are told: each is known to the account's answers by an id, and only those who may be told how to reach them are. */
    private static final Set<String> TO_DONORS = Set.of("sos_alert", "sos_over");

    /** And what they are answered. */
    private static final String REPLIES_TO_DONORS = "sos_reply_";

    private Masked() {}

    /** Whom a stored message went to: a row with its recipient and notification_type. */
    public static String recipient(Row message) {
        String recipient = message.getString("recipient");
        return isToDonor(message) ? address(recipient) : recipient;
    }

    public static boolean isToDonor(Row message) {
        String type = message.getString("notification_type");
        return type != null && (TO_DONORS.contains(type) || type.startsWith(REPLIES_TO_DONORS));
    }

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
