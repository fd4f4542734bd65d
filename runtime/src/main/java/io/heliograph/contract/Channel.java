package io.heliograph.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How a message reaches a person. Its word is also the topic of the promise, and so part of the queue's name. */
public enum Channel {
    SMS,
    WHATSAPP,
    EMAIL,
    /** A browser that has subscribed. Who subscribed is known to the gateway alone, so it is addressed by user and not by number. */
    WEB_PUSH;

    public static final List<String> WORDS =
            Arrays.stream(values()).map(Channel::word).toList();

    /** Those in which whoever sends names the address. */
    public static final List<String> ADDRESSED_WORDS =
            Stream.of(SMS, WHATSAPP, EMAIL).map(Channel::word).toList();

    /** Whether its texts are counted in segments, and paid by them. */
    public boolean goesToNumber() {
        return this == SMS || this == WHATSAPP;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Channel of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
