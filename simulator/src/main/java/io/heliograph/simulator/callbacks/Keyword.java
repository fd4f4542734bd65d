package io.heliograph.simulator.callbacks;

import java.util.Locale;

/** What a whole message can mean to Twilio before anyone reads it. */
enum Keyword {
    STOP,
    START,
    HELP,
    NONE;

    /** The whole text must be the word; case and surrounding space do not matter. */
    static Keyword of(String body) {
        return switch (body.strip().toUpperCase(Locale.ROOT)) {
            case "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT" -> STOP;
            case "START", "YES", "UNSTOP" -> START;
            case "HELP", "INFO" -> HELP;
            default -> NONE;
        };
    }
}
