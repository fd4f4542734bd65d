package io.heliograph.simulator.twilio;

/** Phone numbers and the other things that can stand in To and From. */
final class Address {
    static final String SMS = "sms";

    private static final int SENDER_LENGTH_MAX = 11;

    private Address() {}

    /** What stands before the colon, or sms. */
    static String channel(String address) {
        int colon = address.indexOf(':');
        return colon < 0 ? SMS : address.substring(0, colon);
    }

    /** An E.164 number, or one behind the name of a channel. */
    static boolean isRecipient(String address) {
        int colon = address.indexOf(':');
        return colon < 0 ? isE164(address) : isChannelAddress(address, colon);
    }

    /** A recipient's shape, a short code, or a name of up to eleven letters, digits and spaces. */
    static boolean isSender(String address) {
        return isRecipient(address) || isShortCode(address) || isName(address);
    }

    private static boolean isChannelAddress(String address, int colon) {
        String rest = address.substring(colon + 1);
        return switch (address.substring(0, colon)) {
            case "whatsapp" -> isE164(rest);
            case "messenger", "rcs" -> !rest.isEmpty();
            default -> false;
        };
    }

    private static boolean isE164(String text) {
        boolean shaped = text.length() >= 8 && text.length() <= 16 && text.charAt(0) == '+' && text.charAt(1) != '0';
        return shaped && areDigits(text, 1);
    }

    private static boolean isShortCode(String text) {
        return text.length() >= 3 && text.length() <= 8 && areDigits(text, 0);
    }

    private static boolean isName(String text) {
        return text.length() <= SENDER_LENGTH_MAX
                && text.chars().anyMatch(Character::isLetter)
                && text.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || " -_&+".indexOf(c) >= 0));
    }

    private static boolean areDigits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
