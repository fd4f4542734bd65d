package io.heliograph.gateway.booking.hearing;

import java.util.Locale;

/** What can be told from words somewhere in a message. */
public enum Mention {
    CANCEL,
    MOVE,
    VISITS,
    BOOK,
    PERSON,
    SAFE,
    RUDE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
