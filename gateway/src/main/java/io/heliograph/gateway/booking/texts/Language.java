package io.heliograph.gateway.booking.texts;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the conversation is held in. */
public enum Language {
    ENGLISH("en"),
    HINDI("hi");

    private final String code;

    Language(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** English for a code that is none of ours. */
    public static Language of(@Nullable String code) {
        return code != null && code.toLowerCase(Locale.ROOT).startsWith(HINDI.code) ? HINDI : ENGLISH;
    }

    public Locale locale() {
        return Locale.of(code, "IN");
    }
}
