package io.heliograph.simulator.http;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.jspecify.annotations.Nullable;

/** Writes JSON by hand, where it is written thousands of times a second. */
public final class JsonText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder text = new StringBuilder(768);

    /** A piece that is JSON already. */
    @CanIgnoreReturnValue
    public JsonText raw(String json) {
        text.append(json);
        return this;
    }

    @CanIgnoreReturnValue
    public JsonText raw(long number) {
        text.append(number);
        return this;
    }

    /** A JSON string, or null. */
    @CanIgnoreReturnValue
    public JsonText string(@Nullable String value) {
        if (value == null) {
            text.append("null");
            return this;
        }
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            append(value.charAt(i));
        }
        text.append('"');
        return this;
    }

    private void append(char c) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (c < 0x20 || Character.isSurrogate(c)) {
                    // Escaped, so that half a surrogate pair is passed on as it came.
                    text.append("\\u").append(HEX[c >> 12 & 15]).append(HEX[c >> 8 & 15]);
                    text.append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
                } else {
                    text.append(c);
                }
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
