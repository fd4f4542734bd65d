package io.heliograph.gateway.booking.hearing;

import java.util.Locale;

/** What a whole message can ask for. */
public enum Command {
    START_OVER,
    HELP,
    PERSON,
    CANCEL,
    MOVE,
    VISITS,
    BOOK,
    GREET,
    THANKS,
    YES,
    NO,
    CHANGE,
    BACK,
    MORE,
    ANY,
    EARLIEST,
    SKIP,
    ENGLISH,
    HINDI;

    /** As the file of words calls it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
