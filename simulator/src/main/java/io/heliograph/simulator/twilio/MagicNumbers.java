package io.heliograph.simulator.twilio;

/** The numbers that Twilio keeps for tests, each of which always fails in its own way. */
final class MagicNumbers {
    private static final String PREFIX = "+1500555000";
    private static final int LENGTH = 12;

    private MagicNumbers() {}

    /** The code that this recipient always gets, or 0. */
    static int codeForRecipient(String to) {
        return switch (lastDigit(to)) {
            case '1' -> 21211;
            case '2' -> 21612;
            case '3' -> 21408;
            case '4' -> 21610;
            case '9' -> 21614;
            default -> 0;
        };
    }

    /** The code that this sender always gets, or 0. */
    static int codeForSender(String from) {
        return switch (lastDigit(from)) {
            case '1' -> 21212;
            case '7' -> 21606;
            case '8' -> 21611;
            default -> 0;
        };
    }

    private static char lastDigit(String number) {
        return number.length() == LENGTH && number.startsWith(PREFIX) ? number.charAt(LENGTH - 1) : ' ';
    }
}
