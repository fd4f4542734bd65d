package io.heliograph.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a message reaches a person. Its word is also the topic of the promise, and so part of the queue's name. */
public enum Channel {
    SMS,
    WHATSAPP,
    EMAIL;

    public static final List<String> WORDS =
            Arrays.stream(values()).map(Channel::word).toList();

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Channel of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
